import { PersonAddAltOutlined, PersonSearchOutlined, SearchOutlined } from '@mui/icons-material';
import {
  Box,
  Button,
  Card,
  InputAdornment,
  LinearProgress,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import { type PatientRow, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { HoldTag } from '../ui/HoldTag.js';
import { MoreRows } from '../ui/MoreRows.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Segmented } from '../ui/Segmented.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useDelayed } from '../ui/useDelayed.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';

/** All patients by name, narrowed while one types. What is typed stays out of the address and of the browser's storage. */
export default function PatientList() {
  const translate = useTranslate();
  const { may } = useSession();
  const [typed, setTyped] = useState('');
  const q = useDelayed(typed.trim(), 200);
  const { filter, set } = useUrlFilter('show');
  const onHold = filter.show === 'on-hold';
  const list = useRows(ROUTES.searchPatients, { body: { q, ...(onHold && { onHold }) } });
  const register = may('patient.register') && (
    <Button component={Link} to="/patients/create" variant="contained" startIcon={<PersonAddAltOutlined />}>
      {translate('patients.register')}
    </Button>
  );
  return (
    <Page title={translate('patients.title')} actions={register}>
      <Card>
        <Box sx={{ p: 2, display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'flex-start' }}>
          <TextField
            type="search"
            size="medium"
            sx={{ flex: '1 1 360px' }}
            label={translate('patients.list.search')}
            helperText={translate('patients.list.hint')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            slotProps={{
              htmlInput: { autoComplete: 'off', spellCheck: false, maxLength: 100 },
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <SearchOutlined />
                  </InputAdornment>
                ),
              },
            }}
          />
          <Segmented
            label={translate('patients.list.show')}
            hideLabel
            large
            value={onHold ? 'on-hold' : 'all'}
            onChange={(show) => set({ show: show === 'on-hold' ? show : null })}
            options={(['all', 'on-hold'] as const).map((value) => ({ value, label: translate(`patients.list.shown.${value}`) }))}
          />
        </Box>
        <Box sx={{ height: 4 }}>
          {list.isFetching && !list.isFetchingNextPage && <LinearProgress aria-label={translate('app.problem.loading')} />}
        </Box>
        {list.error && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && list.rows.length === 0 && (
          <EmptyState
            icon={<PersonSearchOutlined />}
            text={translate(onHold ? 'patients.list.noneHeld' : q ? 'patients.list.noneFound' : 'patients.list.noneYet')}
            action={!onHold && register}
          />
        )}
        {list.rows.length > 0 && (
          <Sideways>
            <Table>
              <TableHead>
                <TableRow>
                  <TableCell>{translate('patients.list.name')}</TableCell>
                  <TableCell>{translate('patients.list.nextDue')}</TableCell>
                  <TableCell align="right">{translate('patients.list.alerts')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {list.rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </TableBody>
            </Table>
            <MoreRows {...list} />
          </Sideways>
        )}
      </Card>
    </Page>
  );
}

function Row({ row }: { row: PatientRow }) {
  const translate = useTranslate();
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <TableRow hover sx={{ cursor: 'pointer' }} onClick={() => void navigate(`/patients/${row.id}/show`)}>
      <TableCell>
        <Stack sx={{ alignItems: 'flex-start', gap: 0.75 }}>
          <PatientLine patient={row} />
          <HoldTag hold={row.imHold} />
        </Stack>
      </TableCell>
      <TableCell className="tabular">
        {row.nextDueOn ? (
          <>
            {format.date(row.nextDueOn)}
            <Typography variant="caption" color="text.secondary" component="div">
              {format.relative(row.nextDueOn)}
            </Typography>
          </>
        ) : (
          <Typography variant="caption" color="text.secondary">
            {row.deceasedOn
              ? translate('patients.list.deceased', { date: format.date(row.deceasedOn) })
              : translate('patients.list.noDose')}
          </Typography>
        )}
      </TableCell>
      <TableCell align="right" className="tabular">
        {row.activeAlerts > 0 && (
          <StatusTag tone="warning">{translate('patients.list.activeAlerts', { smart_count: row.activeAlerts })}</StatusTag>
        )}
      </TableCell>
    </TableRow>
  );
}
