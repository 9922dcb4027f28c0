import { EventAvailableOutlined, PanToolOutlined, PhoneOutlined, VaccinesOutlined } from '@mui/icons-material';
import {
  Box,
  Button,
  IconButton,
  LinearProgress,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Tooltip,
  Typography,
} from '@mui/material';
import { ROUTES, type TodayRow } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { MoreRows } from '../ui/MoreRows.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StatusTag } from '../ui/StatusTag.js';
import { NotGivenDialog } from './NotGivenDialog.js';

/** On a tablet the product stands under the patient. */
const ROOMY = { display: { xs: 'none', lg: 'table-cell' } } as const;

/** One row is one dose of one course. */
export function TodayList({ bucket }: { bucket: TodayRow['bucket'] }) {
  const translate = useTranslate();
  const { may } = useSession();
  const list = useRows(ROUTES.readToday, { query: { bucket } });
  const [notGiven, setNotGiven] = useState<TodayRow | null>(null);

  if (list.error) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  if (list.rows.length === 0) return <EmptyState icon={<EventAvailableOutlined />} text={translate(`home.nurse.empty.${bucket}`)} />;
  return (
    <Box sx={{ opacity: list.isPlaceholderData ? 0.5 : 1, overflowX: 'auto' }}>
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>{translate('home.nurse.patient')}</TableCell>
            <TableCell sx={ROOMY}>{translate('home.nurse.product')}</TableCell>
            <TableCell>{translate(bucket === 'done' ? 'home.nurse.site' : 'home.nurse.dueOn')}</TableCell>
            <TableCell align="right">{translate('home.nurse.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {list.rows.map((row) => (
            <Dose
              key={`${row.courseId}/${row.injectionId ?? ''}`}
              row={row}
              mayRecord={may('injection.record')}
              onNotGiven={() => setNotGiven(row)}
            />
          ))}
        </TableBody>
      </Table>
      <MoreRows {...list} />
      {notGiven && <NotGivenDialog row={notGiven} onClose={() => setNotGiven(null)} />}
    </Box>
  );
}

function Dose({ row, mayRecord, onNotGiven }: { row: TodayRow; mayRecord: boolean; onNotGiven: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const name = nameOf(row.patient);
  const course = `${word('phase', row.phase)} · ${row.lastDoseOn ? translate('home.nurse.lastDoseOn', { date: format.date(row.lastDoseOn) }) : translate('home.nurse.never')}`;
  return (
    <TableRow hover>
      <TableCell>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
          <PatientLine patient={row.patient} />
          {row.onHold && (
            <StatusTag tone="danger" icon={<PanToolOutlined />}>
              {translate('home.nurse.hold')}
            </StatusTag>
          )}
        </Stack>
        <Typography variant="caption" color="text.secondary" sx={{ display: { xs: 'block', lg: 'none' } }}>
          {row.productName} · {course}
        </Typography>
      </TableCell>
      <TableCell sx={ROOMY}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {row.productName}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {course}
        </Typography>
      </TableCell>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        {row.bucket === 'done' ? (
          <Typography variant="body2">{row.site ? word('site', row.site) : '–'}</Typography>
        ) : (
          <>
            <DueTag row={row} />
            <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
              {format.date(row.dueOn)}
            </Typography>
          </>
        )}
      </TableCell>
      <TableCell align="right">
        <Stack direction="row" sx={{ justifyContent: 'flex-end', alignItems: 'center', gap: 0.5 }}>
          {row.phone && (
            <Tooltip title={translate('app.action.call', { phone: row.phone })}>
              <IconButton
                component="a"
                href={`tel:${row.phone.replace(/[^+\d]/g, '')}`}
                aria-label={`${translate('app.action.call', { phone: row.phone })} – ${name}`}
              >
                <PhoneOutlined fontSize="small" />
              </IconButton>
            </Tooltip>
          )}
          {row.bucket === 'done' ? (
            <Button component={Link} to={`/patients/${row.patient.id}/show`} aria-label={`${translate('app.action.open')}: ${name}`}>
              {translate('app.action.open')}
            </Button>
          ) : (
            mayRecord && (
              <>
                <Button
                  color="inherit"
                  sx={{ color: 'text.secondary' }}
                  onClick={onNotGiven}
                  aria-label={translate('home.nurse.notGivenFor', { name })}
                >
                  {translate('home.nurse.notGiven')}
                </Button>
                <Button
                  component={Link}
                  to={`/log-injection?patient=${row.patient.id}&course=${row.courseId}`}
                  variant={row.onHold ? 'outlined' : 'contained'}
                  startIcon={<VaccinesOutlined />}
                  aria-label={translate('home.nurse.logFor', { name })}
                >
                  {translate('home.nurse.log')}
                </Button>
              </>
            )
          )}
        </Stack>
      </TableCell>
    </TableRow>
  );
}

/** The server counted the days; here they only get words. */
function DueTag({ row: { bucket, daysLate } }: { row: TodayRow }) {
  const translate = useTranslate();
  if (daysLate > 0)
    return (
      <StatusTag tone={bucket === 'overdue' ? 'danger' : 'warning'}>{translate('home.nurse.late', { smart_count: daysLate })}</StatusTag>
    );
  if (daysLate === 0) return <StatusTag tone="accent">{translate('home.nurse.today')}</StatusTag>;
  return <StatusTag tone="info">{translate('home.nurse.in', { smart_count: -daysLate })}</StatusTag>;
}
