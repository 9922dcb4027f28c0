import {
  BlockOutlined,
  EditOutlined,
  HealingOutlined,
  HistoryOutlined,
  HomeOutlined,
  MoreHorizOutlined,
  PlaylistAddOutlined,
  PrintOutlined,
  ScienceOutlined,
  VaccinesOutlined,
} from '@mui/icons-material';
import { Button, IconButton, ListItemIcon, Menu, MenuItem, Stack, Tooltip } from '@mui/material';
import type { Chart } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAsked } from '../search/useAsked.js';
import { useSession } from '../session/useSession.js';
import { RestrictSitesDialog } from './RestrictSitesDialog.js';

/** What can be done with a patient: the daily things as buttons, the rest in a menu. */
export function ChartActions({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const { may } = useSession();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [restricting, setRestricting] = useState(false);
  useAsked('restrict-sites', () => setRestricting(true));
  const { id } = chart.patient;
  const running = chart.courses.filter(({ endedOn }) => endedOn === null);
  const course = running.length === 1 ? `&course=${running[0]!.id}` : '';
  const text = (key: string) => translate(`patients.chart.${key}`);
  const close = () => setAnchor(null);
  return (
    <Stack direction="row" className="no-print" sx={{ gap: 1, flexWrap: 'wrap' }} role="group" aria-label={text('actions')}>
      {/* On hold it is still there, for the truth about a dose already given; it is no invitation any more. */}
      {may('injection.record') && running.length > 0 && (
        <Button
          component={Link}
          to={`/log-injection?patient=${id}${course}`}
          variant={chart.hold || chart.patient.deceasedOn ? 'outlined' : 'contained'}
          startIcon={<VaccinesOutlined />}
        >
          {text('log')}
        </Button>
      )}
      {may('course.start') && running.length === 0 && (
        <Button component={Link} to={`/start-course?patient=${id}`} variant="contained" startIcon={<PlaylistAddOutlined />}>
          {text('course')}
        </Button>
      )}
      {may('adverse-event.record') && (
        <Button component={Link} to={`/report-event?patient=${id}`} variant="outlined" startIcon={<HealingOutlined />}>
          {text('event')}
        </Button>
      )}
      {may('lab-result.record') && (
        <Button component={Link} to={`/enter-result?patient=${id}`} variant="outlined" startIcon={<ScienceOutlined />}>
          {text('result')}
        </Button>
      )}
      <Tooltip title={text('more')}>
        <IconButton
          aria-label={text('more')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <MoreHorizOutlined />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {may('course.start') && running.length > 0 && (
          <MenuItem component={Link} to={`/start-course?patient=${id}`}>
            <ListItemIcon>
              <PlaylistAddOutlined fontSize="small" />
            </ListItemIcon>
            {text('course')}
          </MenuItem>
        )}
        {may('site-restriction.record') && (
          <MenuItem
            onClick={() => {
              close();
              setRestricting(true);
            }}
          >
            <ListItemIcon>
              <BlockOutlined fontSize="small" />
            </ListItemIcon>
            {text('restrict')}
          </MenuItem>
        )}
        {chart.selfInjection.length > 0 && (
          <MenuItem component={Link} to={`/patients/${id}/self-injection`}>
            <ListItemIcon>
              <HomeOutlined fontSize="small" />
            </ListItemIcon>
            {translate('selfInjection.open')}
          </MenuItem>
        )}
        {may('patient.edit') && (
          <MenuItem component={Link} to={`/patients/${id}`}>
            <ListItemIcon>
              <EditOutlined fontSize="small" />
            </ListItemIcon>
            {text('edit')}
          </MenuItem>
        )}
        {may('audit.read') && (
          <MenuItem component={Link} to={`/audit?patient=${id}&changes=true`}>
            <ListItemIcon>
              <HistoryOutlined fontSize="small" />
            </ListItemIcon>
            {text('audit')}
          </MenuItem>
        )}
        <MenuItem
          onClick={() => {
            close();
            // The menu must be gone before the browser draws the page for the printer.
            setTimeout(() => window.print(), 300);
          }}
        >
          <ListItemIcon>
            <PrintOutlined fontSize="small" />
          </ListItemIcon>
          {text('print')}
        </MenuItem>
      </Menu>
      {restricting && <RestrictSitesDialog patientId={id} onClose={() => setRestricting(false)} />}
    </Stack>
  );
}
