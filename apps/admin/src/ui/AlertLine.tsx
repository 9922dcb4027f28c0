import { Box, Typography } from '@mui/material';
import type { AlertRow } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { PatientLine } from './PatientLine.js';
import { PriorityTag } from './PriorityTag.js';
import { StatusTag } from './StatusTag.js';

/** One alert in one line: how urgent, what is to be done, for whom, by when, and what is missing. */
export function AlertLine({ alert, showPatient = true, actions }: { alert: AlertRow; showPatient?: boolean; actions?: ReactNode }) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const { word } = words;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: showPatient
          ? { xs: '1fr', sm: '104px minmax(0, 1fr) minmax(240px, 1fr) 92px', lg: '104px minmax(0, 1.2fr) minmax(240px, 1fr) 172px' }
          : { xs: '1fr', sm: '104px minmax(0, 1fr) auto' },
        gap: { xs: 0.75, sm: 2 },
        alignItems: 'center',
        px: 2.5,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box>
        <PriorityTag priority={alert.priority} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 620 }}>
          {words.alert(alert)}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          {translate('patients.alert.due', { date: format.date(alert.dueOn), relative: format.relative(alert.dueOn) })}
          {alert.missing.length > 0 && (
            <> · {translate('patients.alert.missing', { what: alert.missing.map((code) => word('missing', code)).join(', ') })}</>
          )}
        </Typography>
      </Box>
      {showPatient && <PatientLine patient={alert.patient} />}
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end', alignItems: 'center', flexWrap: 'wrap' }}>
        {alert.overdue && <StatusTag tone="danger">{translate('patients.alert.overdue')}</StatusTag>}
        {alert.state !== 'open' && <StatusTag tone="neutral">{word('alertState', alert.state)}</StatusTag>}
        {actions}
      </Box>
    </Box>
  );
}

export function AlertLines({ children }: { children: ReactNode }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {children}
    </Box>
  );
}
