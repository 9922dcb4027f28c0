import { Button, Stack, TextField } from '@mui/material';
import type { Changes, RouteShape } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';

interface FactActionsProps {
  /** Names the record for whoever does not see the row. */
  about: string;
  amendLabel?: string;
  onAmend: () => void;
  /** Takes `{ reason }` and answers what changed. */
  voidRoute: RouteShape;
  params: Record<string, string>;
}

/** Correcting a fact, or taking it back: nothing is edited in place, both say why. */
export function FactActions({ about, amendLabel, onAmend, voidRoute, params }: FactActionsProps) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const withdraw = useSend(voidRoute);
  const [asking, setAsking] = useState(false);
  const close = () => {
    withdraw.reset();
    setAsking(false);
  };
  const amend = amendLabel ?? translate('followUp.amend');
  return (
    <Stack direction="row" className="no-print" sx={{ gap: 0.5, justifyContent: 'flex-end' }}>
      <Button size="small" onClick={onAmend} aria-label={`${amend}: ${about}`}>
        {amend}
      </Button>
      <Button size="small" color="error" onClick={() => setAsking(true)} aria-label={`${translate('followUp.void')}: ${about}`}>
        {translate('followUp.void')}
      </Button>
      <ReasonDialog
        open={asking}
        title={translate('followUp.voidTitle')}
        explain={`${about}. ${translate('followUp.voidText')}`}
        confirm={translate('followUp.void')}
        tone="error"
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={close}
        onConfirm={(reason) =>
          withdraw.mutate(
            { params, body: { reason } },
            {
              onSuccess: (answer) => {
                close();
                notice(translate('followUp.voided'), (answer as { changes: Changes }).changes);
              },
            },
          )
        }
      />
    </Stack>
  );
}

/** A correction says what was wrong. */
export function AmendReason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const translate = useTranslate();
  return (
    <TextField
      required
      label={translate('followUp.amendReason')}
      helperText={translate('app.reason.help')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ htmlInput: { maxLength: 2000 } }}
    />
  );
}

/** How a row of a fact that no longer stands is drawn. */
export const STRUCK = { '& .told': { textDecoration: 'line-through', color: 'text.secondary' } } as const;
