import { GppBadOutlined, GppMaybeOutlined, VerifiedUserOutlined } from '@mui/icons-material';
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Skeleton, Stack, Typography } from '@mui/material';
import { type AuditSealState, ROUTES } from '@vastus/contract';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StatusTag } from '../ui/StatusTag.js';

type Verification = NonNullable<AuditSealState['lastVerification']>;

/** Whether the trail is as it was sealed: a word in the header, everything else behind it. */
export function SealMark() {
  const translate = useTranslate();
  const format = useFormat();
  const seal = useAnswer(ROUTES.readAuditSeal, {}, { refetchInterval: 60_000 });
  const [open, setOpen] = useState(false);
  // Its place is kept: the title beside it would break anew when it comes.
  if (!seal.data) return seal.error ? null : <Skeleton variant="rounded" width={228} height={32} />;
  const { lastVerification } = seal.data;
  const t = (key: string, values?: Record<string, unknown>) => translate(`audit.seal.${key}`, values);
  const at = lastVerification && format.instant(lastVerification.verifiedAt);
  return (
    <>
      <Button
        variant="text"
        onClick={() => setOpen(true)}
        sx={{ p: 0.5 }}
        aria-label={`${t(wordOf(lastVerification), { smart_count: lastVerification?.faults ?? 0 })} – ${t('more')}`}
      >
        {!lastVerification ? (
          <StatusTag tone="neutral" icon={<GppMaybeOutlined />}>
            {t('unread')}
          </StatusTag>
        ) : lastVerification.faults > 0 ? (
          <StatusTag tone="danger" icon={<GppBadOutlined />}>
            {t('faults', { smart_count: lastVerification.faults })}
          </StatusTag>
        ) : (
          <StatusTag tone="success" icon={<VerifiedUserOutlined />}>
            {t('whole')} · {at}
          </StatusTag>
        )}
      </Button>
      {open && <SealDialog seal={seal.data} onClose={() => setOpen(false)} />}
    </>
  );
}

const wordOf = (last: Verification | null) => (!last ? 'unread' : last.faults > 0 ? 'faults' : 'whole');

function SealDialog({ seal: { head, entriesWaiting, lastVerification }, onClose }: { seal: AuditSealState; onClose: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const heading = useId();
  const session = useSession();
  const verify = useSend(ROUTES.verifyAudit);
  const [asked, setAsked] = useState<string>();
  const t = (key: string, values?: Record<string, unknown>) => translate(`audit.seal.${key}`, values);
  const isReading = asked !== undefined && (lastVerification === null || lastVerification.verifiedAt < asked);
  const lines: [string, string][] = [
    [t('sealedThrough'), head ? `${head.number} · ${format.instant(head.sealedAt)}` : t('nothingSealed')],
    [t('waiting'), format.number(entriesWaiting)],
    ...(lastVerification
      ? ([
          [t('verifiedAt'), format.instant(lastVerification.verifiedAt)],
          [
            t('read'),
            t('entriesInSeals', { entries: format.number(lastVerification.entriesSealed), seals: format.number(lastVerification.seals) }),
          ],
        ] as [string, string][])
      : []),
  ];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={heading}>
      <DialogTitle id={heading}>{t(wordOf(lastVerification), { smart_count: lastVerification?.faults ?? 0 })}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Typography variant="body2" color="text.secondary">
            {t('explain')}
          </Typography>
          <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 0.5 }}>
            {lines.map(([name, value]) => (
              <Box key={name} sx={{ display: 'contents' }}>
                <Typography component="dt" variant="body2" color="text.secondary">
                  {name}
                </Typography>
                <Typography component="dd" variant="body2" className="tabular" sx={{ m: 0 }}>
                  {value}
                </Typography>
              </Box>
            ))}
          </Box>
          {head && (
            <Box>
              <Typography variant="body2" color="text.secondary">
                {t('digest')}
              </Typography>
              <Typography component="code" variant="body2" sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
                {head.digest}
              </Typography>
            </Box>
          )}
          {lastVerification && lastVerification.faults > 0 && <Faults {...lastVerification} />}
          {isReading && (
            <Typography variant="body2" role="status">
              {t('reading')}
            </Typography>
          )}
          <ProblemAlert error={verify.error} />
        </Stack>
      </DialogContent>
      <DialogActions>
        {session.may('audit.verify') && (
          <Button
            disabled={isReading || verify.isPending}
            onClick={() => verify.mutate({ body: {} }, { onSuccess: ({ requestedAt }) => setAsked(requestedAt) })}
          >
            {t('verify')}
          </Button>
        )}
        <Button variant="contained" onClick={onClose}>
          {translate('app.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Faults({ findings, faults }: Verification) {
  const translate = useTranslate();
  const t = (key: string, values?: Record<string, unknown>) => translate(`audit.seal.${key}`, values);
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: 240, overflowY: 'auto' }}>
      {findings.map(({ kind, entryId, seal }) => (
        <Typography key={`${kind} ${entryId} ${seal}`} component="li" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t(`fault.${kind}`)}
          {seal !== null && `, ${t('sealNumber', { number: seal })}`}
          {entryId !== null && `, ${entryId}`}
        </Typography>
      ))}
      {faults > findings.length && (
        <Typography component="li" variant="body2">
          {t('moreFaults', { smart_count: faults - findings.length })}
        </Typography>
      )}
    </Box>
  );
}
