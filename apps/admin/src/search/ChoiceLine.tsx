import { ChevronRightOutlined, PersonOutlined } from '@mui/icons-material';
import { Box } from '@mui/material';
import { PatientLine } from '../ui/PatientLine.js';
import type { Choice } from './choices.js';

/** One line of the list. A patient with both identifiers, so that two of the same name cannot be taken for each other. */
export function ChoiceLine({ choice, ...props }: { choice: Choice }) {
  const Icon = 'patient' in choice ? PersonOutlined : choice.icon;
  return (
    <Box
      component="li"
      {...props}
      sx={({ palette }) => ({
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 1.5,
        py: 0.75,
        minHeight: 44,
        borderRadius: 2,
        cursor: 'pointer',
        '& > svg': { fontSize: 20, color: 'text.secondary' },
        '&.Mui-focused': { bgcolor: palette.tone.accent.soft, boxShadow: `inset 3px 0 0 ${palette.primary.main}` },
        '@media (forced-colors: active)': { '&.Mui-focused': { outline: '2px solid Highlight' } },
      })}
    >
      <Icon />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {'patient' in choice ? <PatientLine patient={choice.patient} linked={false} /> : choice.label}
      </Box>
      {'patient' in choice && <ChevronRightOutlined />}
    </Box>
  );
}
