import { Box, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { SimulationFindings } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { RuleLink } from '../rules/RuleLink.js';
import type { Tone } from '../theme/palette.js';
import { PatientLine } from '../ui/PatientLine.js';
import { Sideways } from '../ui/Sideways.js';
import { WeekBars } from './WeekBars.js';

const COLUMNS = ['added', 'moved', 'removed', 'alertsRaised', 'alertsClosed'] as const;
type Because = SimulationFindings['newlyOverdue']['patients'][number]['because'];

/** What would change: in numbers, rule by rule, patient by patient, week by week. */
export function SimulationResult({ findings }: { findings: SimulationFindings }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { milestones, alerts, newlyOverdue, byRule, weeks } = findings;
  const t = (key: string, options?: Record<string, unknown>) => translate(`protocol.whatIf.${key}`, options);
  const rules = Object.entries(byRule);
  return (
    <Stack sx={{ gap: 2.5 }}>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(4, 1fr)', lg: 'repeat(3, 1fr)' } }}>
        <Figure label={t('patientsChanged')} value={findings.patientsChanged} />
        <Figure label={t('added')} value={milestones.added} />
        <Figure label={t('moved')} value={milestones.moved} />
        <Figure label={t('removed')} value={milestones.removed} />
        <Figure label={t('raised')} value={alerts.raised} tone={alerts.raised > 0 ? 'warning' : 'neutral'} />
        <Figure label={t('closed')} value={alerts.closed} />
      </Box>
      {rules.length === 0 ? (
        <Typography color="text.secondary">{t('nothing')}</Typography>
      ) : (
        <Sideways label={t('byRule')}>
          <Table
            size="small"
            sx={{ '& td, & th': { px: 1 }, '& thead th': { whiteSpace: 'normal', verticalAlign: 'bottom', lineHeight: 1.3 } }}
          >
            <TableHead>
              <TableRow>
                <TableCell>{t('rule')}</TableCell>
                {COLUMNS.map((key) => (
                  <TableCell key={key} align="right">
                    {t(`column.${key}`)}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rules.map(([ruleId, counts]) => (
                <TableRow key={ruleId}>
                  <TableCell>
                    {word('rule', ruleId)}{' '}
                    <Typography component="span" variant="caption" color="text.secondary">
                      <RuleLink ruleId={ruleId} beside />
                    </Typography>
                  </TableCell>
                  {COLUMNS.map((key) => (
                    <TableCell key={key} align="right" className="tabular">
                      {counts[key] || '–'}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Sideways>
      )}
      <Box>
        <Typography variant="subtitle2">
          {t('newlyOverdue')} ({newlyOverdue.count})
        </Typography>
        {newlyOverdue.count === 0 && <Typography color="text.secondary">{t('nobody')}</Typography>}
        <Box
          component="ul"
          sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 320, overflowY: 'auto' }}
          tabIndex={newlyOverdue.count > 4 ? 0 : undefined}
        >
          {newlyOverdue.patients.map(({ patient, because }) => (
            <Box component="li" key={patient.id} sx={{ py: 1, borderTop: 1, borderColor: 'divider' }}>
              <PatientLine patient={patient} />
              <Typography variant="caption" color="text.secondary" component="div">
                {byRuleOf(because)
                  .map(([ruleId, dates]) =>
                    t('because', { rule: word('rule', ruleId), date: dates.map((date) => format.date(date)).join(', ') }),
                  )
                  .join('; ')}
              </Typography>
            </Box>
          ))}
        </Box>
        {newlyOverdue.count > newlyOverdue.patients.length && (
          <Typography variant="caption" color="text.secondary">
            {t('moreOverdue', { smart_count: newlyOverdue.count - newlyOverdue.patients.length })}
          </Typography>
        )}
      </Box>
      {weeks.length > 0 && <WeekBars weeks={weeks} />}
    </Stack>
  );
}

/** The days of one rule stand together. */
function byRuleOf(because: Because): [string, string[]][] {
  return [...new Set(because.map(({ ruleId }) => ruleId))].map((ruleId) => [
    ruleId,
    because.filter((entry) => entry.ruleId === ruleId).map(({ dueOn }) => dueOn),
  ]);
}

function Figure({ label, value, tone = 'neutral' }: { label: string; value: number; tone?: Tone }) {
  const format = useFormat();
  return (
    <Box sx={({ palette }) => ({ p: 1.25, borderRadius: 2, bgcolor: palette.tone[tone].soft })}>
      <Typography variant="caption" color="text.secondary" component="div">
        {label}
      </Typography>
      <Typography className="tabular" sx={{ fontSize: '1.25rem', fontWeight: 650 }}>
        {format.number(value, 0)}
      </Typography>
    </Box>
  );
}
