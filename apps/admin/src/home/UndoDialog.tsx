import { ROUTES, type TodayRow } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { nameOf } from '../ui/PatientLine.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';

/** Takes a dose of today back: entered in error, with the reason. It stays readable, and the dose is due again. */
export function UndoDialog({ row, onClose }: { row: Pick<TodayRow, 'patient' | 'injectionId'>; onClose: () => void }) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const withdraw = useSend(ROUTES.voidInjection);
  return (
    <ReasonDialog
      open
      title={translate('injections.recorded.undoTitle')}
      explain={`${nameOf(row.patient)}. ${translate('injections.recorded.undoExplain')}`}
      confirm={translate('injections.recorded.undoConfirm')}
      tone="error"
      suggestions={['wrongPatient', 'recordedTwice', 'notGivenAfterAll'].map((key) => translate(`injections.actions.${key}`))}
      busy={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onConfirm={(reason) =>
        row.injectionId &&
        withdraw.mutate(
          { params: { injectionId: row.injectionId }, body: { reason } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('injections.recorded.voided'), changes);
              onClose();
            },
          },
        )
      }
    />
  );
}
