import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { SystemStatus } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { Sideways } from '../ui/Sideways.js';
import { EDGES } from './PartCard.js';
import { StateTag } from './StateTag.js';

type Job = SystemStatus['parts']['jobs']['items'][number];
const DAY_MINUTES = 24 * 60;

/** Every job: how often it runs, when it last did, what it came to. */
export function JobTable({ items }: { items: readonly Job[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`system.jobs.${key}`, options);
  const every = (minutes: number | null) =>
    minutes === null
      ? t('onRequest')
      : minutes === DAY_MINUTES
        ? t('daily')
        : minutes % 60 === 0
          ? t('hours', { smart_count: minutes / 60 })
          : t('minutes', { smart_count: minutes });
  return (
    <Sideways label={translate('system.part.jobs')}>
      <Table sx={EDGES}>
        <TableHead>
          <TableRow>
            <TableCell>{t('name')}</TableCell>
            <TableCell>{t('every')}</TableCell>
            <TableCell>{t('last')}</TableCell>
            <TableCell>{t('outcome')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(({ name, state, everyMinutes, lastRunAt, lastOutcome, lastFailedAt, failuresInARow }) => (
            <TableRow key={name}>
              <TableCell>{t(`names.${name}`)}</TableCell>
              <TableCell>{every(everyMinutes)}</TableCell>
              <TableCell className="tabular">{lastRunAt === null ? t('never') : format.instant(lastRunAt)}</TableCell>
              <TableCell>
                {state === 'ok' ? lastOutcome === null ? '–' : t(lastOutcome) : <StateTag state={state} />}
                {failuresInARow > 0 && (
                  <Typography variant="caption" component="div" color="text.secondary">
                    {t('failures', { smart_count: failuresInARow })}
                  </Typography>
                )}
                {failuresInARow === 0 && lastFailedAt !== null && (
                  <Typography variant="caption" component="div" color="text.secondary">
                    {t('failedBefore', { time: format.instant(lastFailedAt) })}
                  </Typography>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Sideways>
  );
}
