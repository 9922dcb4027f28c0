import { Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useNotify, useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useDeviceName } from './useDeviceName.js';

/** Every browser that is signed in, and the way to sign it out. */
export function SessionList() {
  const translate = useTranslate();
  const format = useFormat();
  const notify = useNotify();
  const sessions = useAnswer(ROUTES.listAccountSessions, {});
  const end = useSend(ROUTES.endAccountSession);
  const endOthers = useSend(ROUTES.endOtherSessions);
  const t = (key: string, options?: Record<string, unknown>) => translate(`account.sessions.${key}`, options);
  const items = sessions.data?.items ?? [];
  const nameOf = useDeviceName();
  const say = ({ sessionsEnded }: { sessionsEnded: number }) => notify(t('ended', { smart_count: sessionsEnded }), { type: 'success' });
  return (
    <Section
      title={t('title')}
      subtitle={t('text')}
      flush
      actions={
        items.length > 1 && (
          <Button variant="outlined" disabled={endOthers.isPending} onClick={() => endOthers.mutate({}, { onSuccess: say })}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <ProblemAlert error={sessions.error ?? end.error ?? endOthers.error} onRetry={() => void sessions.refetch()} />
      <Sideways label={t('title')}>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{t('device')}</TableCell>
              <TableCell>{t('since')}</TableCell>
              <TableCell>{t('seen')}</TableCell>
              <TableCell>{translate('staff.actions')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map((session) => (
              <TableRow key={session.id}>
                <TableCell>
                  {nameOf(session.device)} {session.current && <StatusTag tone="accent">{t('here')}</StatusTag>}
                  <Typography variant="caption" component="div" color="text.secondary" className="tabular">
                    {session.address}
                  </Typography>
                </TableCell>
                <TableCell className="tabular">{format.instant(session.signedInAt)}</TableCell>
                <TableCell className="tabular">{format.instant(session.lastSeenAt)}</TableCell>
                <TableCell>
                  {!session.current && (
                    <Button
                      size="small"
                      color="error"
                      aria-label={t('endOf', { device: nameOf(session.device) })}
                      disabled={end.isPending}
                      onClick={() => end.mutate({ params: { sessionId: session.id } }, { onSuccess: say })}
                    >
                      {t('end')}
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Sideways>
    </Section>
  );
}
