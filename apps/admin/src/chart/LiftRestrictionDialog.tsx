import { ROUTES, type SiteRestriction } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';

export function LiftRestrictionDialog({ restriction, onClose }: { restriction: SiteRestriction; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const notice = useChangesNotice();
  const lift = useSend(ROUTES.liftRestriction);
  return (
    <ReasonDialog
      open
      title={translate('patients.restrict.liftTitle')}
      explain={restriction.sites.map((site) => word('site', site)).join(', ')}
      confirm={translate('patients.restrict.lift')}
      busy={lift.isPending}
      error={lift.error}
      onClose={onClose}
      onConfirm={(reason) =>
        lift.mutate(
          { params: { restrictionId: restriction.id }, body: { reason } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('patients.restrict.liftDone'), changes);
              onClose();
            },
          },
        )
      }
    />
  );
}
