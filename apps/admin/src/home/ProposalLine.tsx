import { Box, Button, Typography } from '@mui/material';
import type { CourseProposal } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useFormat } from '../format.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';

/** An order from another system, and the way to the chart where it is decided. */
export function ProposalLine({ proposal }: { proposal: CourseProposal }) {
  const translate = useTranslate();
  const format = useFormat();
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 1fr) minmax(0, 1.25fr) auto' },
        gap: 2,
        alignItems: 'center',
        px: 2.5,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <PatientLine patient={proposal.patient} />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {proposal.display}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {proposal.source} · {format.date(proposal.authoredOn)}
        </Typography>
      </Box>
      <Button
        component={Link}
        to={`/patients/${proposal.patient.id}/show`}
        variant="outlined"
        aria-label={`${translate('home.physician.look')}: ${nameOf(proposal.patient)}`}
      >
        {translate('home.physician.look')}
      </Button>
    </Box>
  );
}
