import { CheckCircleOutlined } from '@mui/icons-material';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { type Finding, SELF_OVERRIDABLE } from '@vastus/clinical';
import { type FindingOut, ROUTES, type SelfInjectionProgramme } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FindingList } from '../ui/FindingList.js';
import { FormDialog } from '../ui/FormDialog.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Section } from '../ui/Section.js';
import { isReason, isStopped, StopAndReason } from '../ui/StopAndReason.js';

interface ApprovalSectionProps {
  patientId: string;
  programme: SelfInjectionProgramme;
  /** What the rules say now, of what is typed and recorded. */
  findings: readonly Finding[];
  unsaved: boolean;
}

/** What stands against an approval, the approval itself, and the approvals there were. */
export function ApprovalSection({ patientId, programme, findings, unsaved }: ApprovalSectionProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const notice = useChangesNotice();
  const end = useSend(ROUTES.endSelfInjection);
  const [opened, setOpened] = useState<'approve' | 'end' | null>(null);
  const { state, approvalId } = programme;
  const standing = state === 'approved' || state === 'suspended';
  const overridable = findings.every(({ ruleId }) => SELF_OVERRIDABLE.some((id) => id === ruleId));
  const t = (key: string, options?: Record<string, unknown>) => translate(`selfInjection.approval.${key}`, options);
  return (
    <Section title={t('title')}>
      <Stack sx={{ gap: 2 }}>
        <Box role="status">
          {findings.length > 0 ? (
            <FindingList findings={findings as FindingOut[]} />
          ) : state === 'approved' ? null : (
            <Alert severity="success" icon={<CheckCircleOutlined />}>
              {t('ready')}
            </Alert>
          )}
        </Box>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          {may('self-injection.approve') && state !== 'approved' && (
            <Button variant="contained" disabled={unsaved || !overridable || !programme.application} onClick={() => setOpened('approve')}>
              {t(state === 'none' ? 'approve' : 'again')}
            </Button>
          )}
          {may('self-injection.end') && standing && approvalId && (
            <Button color="error" variant="outlined" onClick={() => setOpened('end')}>
              {t('end')}
            </Button>
          )}
          <Typography variant="caption" color="text.secondary">
            {!may('self-injection.approve') && state !== 'approved' && t('onlyPhysician')}
            {may('self-injection.approve') && findings.length > 0 && t(overridable ? 'overridable' : 'refused')}
          </Typography>
        </Stack>
        {programme.approvals.length > 0 && (
          <Box>
            <Typography variant="subtitle2">{t('history')}</Typography>
            <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem' }}>
              {programme.approvals.map((approval) => (
                <li key={approval.id}>
                  {t('by', { name: approval.approvedByName, date: format.instant(approval.approvedAt) })}
                  {approval.overrideReason && ` – ${t('overridden', { reason: approval.overrideReason })}`}
                  {approval.endedAt &&
                    ` – ${t('endedBy', { name: approval.endedByName, date: format.instant(approval.endedAt), reason: approval.endReason })}`}
                </li>
              ))}
            </Box>
          </Box>
        )}
      </Stack>
      {opened === 'approve' && (
        <ApproveDialog patientId={patientId} courseId={programme.courseId} findings={findings} onClose={() => setOpened(null)} />
      )}
      <ReasonDialog
        open={opened === 'end'}
        title={t('endTitle')}
        explain={t('endText')}
        confirm={t('endConfirm')}
        tone="error"
        busy={end.isPending}
        error={end.error}
        onClose={() => setOpened(null)}
        onConfirm={(reason) =>
          approvalId &&
          end.mutate(
            { params: { approvalId }, body: { reason } },
            {
              onSuccess: ({ changes }) => {
                setOpened(null);
                notice(t('ended'), changes);
              },
            },
          )
        }
      />
    </Section>
  );
}

interface ApproveDialogProps {
  patientId: string;
  courseId: string;
  findings: readonly Finding[];
  onClose: () => void;
}

function ApproveDialog({ patientId, courseId, findings, onClose }: ApproveDialogProps) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const approve = useSend(ROUTES.approveSelfInjection);
  const [override, setOverride] = useState('');
  const stopped = isStopped(findings, approve.error);
  const t = (key: string) => translate(`selfInjection.approval.${key}`);
  return (
    <FormDialog
      title={t('confirmTitle')}
      explain={t('confirmText')}
      submit={t('submit')}
      ready={!stopped || isReason(override)}
      busy={approve.isPending}
      error={approve.error}
      onClose={onClose}
      onSubmit={() =>
        approve.mutate(
          { params: { patientId }, body: { courseId, overrideReason: stopped ? override : null } },
          {
            onSuccess: ({ changes }) => {
              notice(t('done'), changes);
              onClose();
            },
          },
        )
      }
    >
      <StopAndReason findings={findings} error={approve.error} label={t('override')} reason={override} onReason={setOverride} />
    </FormDialog>
  );
}
