import { Button, Stack } from '@mui/material';
import { addDays } from '@vastus/clinical';
import { type ProtocolVersionDetail, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useSession } from '../session/useSession.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Segmented } from '../ui/Segmented.js';

/** A physician signs what is saved; whoever drafts may withdraw it. */
export function DraftActions({ version, unsaved }: { version: ProtocolVersionDetail; unsaved: boolean }) {
  const translate = useTranslate();
  const { may } = useSession();
  const notify = useNotify();
  const withdraw = useSend(ROUTES.withdrawProtocolDraft);
  const [opened, setOpened] = useState<'sign' | 'withdraw' | null>(null);
  const t = (key: string) => translate(`protocol.${key}`);
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
      {may('protocol.sign') && (
        <Button variant="contained" disabled={unsaved} onClick={() => setOpened('sign')}>
          {t('sign')}
        </Button>
      )}
      {may('protocol.draft') && (
        <Button color="error" onClick={() => setOpened('withdraw')}>
          {t('withdraw')}
        </Button>
      )}
      {opened === 'sign' && <SignDialog version={version} onClose={() => setOpened(null)} />}
      <ReasonDialog
        open={opened === 'withdraw'}
        title={t('withdrawTitle')}
        explain={t('withdrawText')}
        confirm={t('withdraw')}
        tone="error"
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setOpened(null)}
        onConfirm={(reason) =>
          void withdraw
            .mutateAsync({ params: { versionId: version.id }, body: { reason } })
            .then(() => {
              setOpened(null);
              notify('protocol.withdrawDone', { type: 'success' });
            })
            .catch(() => undefined)
        }
      />
    </Stack>
  );
}

function SignDialog({ version, onClose }: { version: ProtocolVersionDetail; onClose: () => void }) {
  const translate = useTranslate();
  const { today } = useSession();
  const notify = useNotify();
  const sign = useSend(ROUTES.signProtocol);
  const read = useVersionRead(version.version);
  const [when, setWhen] = useState<'now' | 'day'>('now');
  const [day, setDay] = useState(addDays(today, 1));
  const t = (key: string, options?: Record<string, unknown>) => translate(`protocol.${key}`, options);
  return (
    <FormDialog
      title={t('signTitle', { number: version.number })}
      explain={t('signText')}
      submit={t('signSubmit')}
      ready={when === 'now' || day !== ''}
      busy={sign.isPending}
      error={sign.error}
      onClose={onClose}
      onSubmit={() =>
        // The signed version has no place for this dialog: what is said of it is said after the dialog is gone.
        void sign
          .mutateAsync({ params: { versionId: version.id }, body: { inForceFrom: when === 'now' ? 'now' : day }, ifMatch: read })
          .then(() => {
            notify('protocol.signDone', { type: 'success' });
            onClose();
          })
          .catch(() => undefined)
      }
    >
      <Segmented<'now' | 'day'>
        label={t('signWhen')}
        options={[
          { value: 'now', label: t('signNow') },
          { value: 'day', label: t('signDay') },
        ]}
        value={when}
        onChange={(value) => value && setWhen(value)}
      />
      {when === 'day' && <DateField required label={t('signOn')} value={day} min={today} onDate={setDay} />}
    </FormDialog>
  );
}
