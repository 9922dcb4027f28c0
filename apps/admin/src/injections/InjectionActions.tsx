import { Button, Stack } from '@mui/material';
import { type Injection, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { nameOf } from '../ui/PatientLine.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { AmendInjection } from './AmendInjection.js';

/** Correcting a record, or taking it back. Nothing is edited in place: both say why, and both stay readable. */
export function InjectionActions({ injection }: { injection: Injection }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const notice = useChangesNotice();
  const withdraw = useSend(ROUTES.voidInjection);
  const [open, setOpen] = useState<'amend' | 'void' | null>(null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.actions.${key}`, options);
  if (injection.state !== 'effective') return null;
  const about = `${nameOf(injection.patient)}, ${format.instant(injection.givenAt)}`;
  return (
    <>
      <Stack sx={{ gap: 0.5, flexDirection: { xs: 'column', lg: 'row' }, alignItems: 'flex-end', justifyContent: 'flex-end' }}>
        {may('injection.amend') && injection.status === 'given' && (
          <Button size="small" onClick={() => setOpen('amend')} aria-label={`${t('amend')}: ${about}`}>
            {t('amend')}
          </Button>
        )}
        {may('injection.void') && (
          <Button size="small" color="error" onClick={() => setOpen('void')} aria-label={`${t('void')}: ${about}`}>
            {t('void')}
          </Button>
        )}
      </Stack>
      {open === 'amend' && <AmendInjection injection={injection} onClose={() => setOpen(null)} />}
      <ReasonDialog
        open={open === 'void'}
        title={t('voidTitle')}
        explain={t('voidExplain', { about })}
        confirm={t('voidConfirm')}
        tone="error"
        suggestions={[t('wrongPatient'), t('recordedTwice'), t('notGivenAfterAll')]}
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => {
          withdraw.reset();
          setOpen(null);
        }}
        onConfirm={(reason) =>
          withdraw.mutate(
            { params: { injectionId: injection.id }, body: { reason } },
            {
              onSuccess: ({ changes }) => {
                setOpen(null);
                notice(t('voided'), changes);
              },
            },
          )
        }
      />
    </>
  );
}
