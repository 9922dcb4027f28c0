import { MenuItem, TextField } from '@mui/material';
import { checkEndOfCourse } from '@vastus/clinical';
import { type Course, type CourseProposal, END_REASONS, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { isReason, isStopped, StopAndReason } from '../ui/StopAndReason.js';

const REASONS = Object.keys(END_REASONS) as (keyof typeof END_REASONS)[];

/** “No further improvement”: a clinician's statement, never a count, ends the loading. */
export function EndLoadingDialog({ course, onClose }: { course: Course; onClose: () => void }) {
  const translate = useTranslate();
  const { today } = useSession();
  const notice = useChangesNotice();
  const send = useSend(ROUTES.endLoading);
  const [on, setOn] = useState(today);
  const [statement, setStatement] = useState('');
  return (
    <FormDialog
      title={translate('courses.endLoadingTitle')}
      explain={translate('courses.endLoadingText')}
      submit={translate('courses.endLoading')}
      ready={on !== '' && statement.trim() !== ''}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          { params: { courseId: course.id }, body: { on, statement } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('courses.endLoadingDone'), changes);
              onClose();
            },
          },
        )
      }
    >
      <DateField label={translate('courses.on')} value={on} min={course.startedOn} max={today} onDate={setOn} required />
      <TextField
        label={translate('courses.statement')}
        value={statement}
        onChange={(event) => setStatement(event.target.value)}
        required
        multiline
        minRows={2}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
    </FormDialog>
  );
}

/** Ending a course. A stop shows as soon as the reason is chosen, and a physician may go on with a reason (RX-LIFELONG, RX-ORAL-NEURO). */
export function EndCourseDialog({ course, onClose }: { course: Course; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today } = useSession();
  const notice = useChangesNotice();
  const send = useSend(ROUTES.endCourse);
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState<(typeof REASONS)[number] | ''>('');
  const [note, setNote] = useState('');
  const [override, setOverride] = useState('');
  const { known } = useFacts(course.patientId);
  const facts = known?.facts.courses.find(({ id }) => id === course.id);
  const findings = known && facts && reason !== '' ? checkEndOfCourse(facts, END_REASONS[reason], known.facts, known.protocol) : [];
  const stopped = isStopped(findings, send.error);
  return (
    <FormDialog
      title={translate('courses.endTitle')}
      submit={translate('courses.end')}
      tone="error"
      ready={on !== '' && reason !== '' && (!stopped || isReason(override))}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        reason !== '' &&
        send.mutate(
          { params: { courseId: course.id }, body: { on, reason, note, overrideReason: stopped ? override : null } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('courses.endDone'), changes);
              onClose();
            },
          },
        )
      }
    >
      <TextField
        select
        required
        label={translate('courses.endReason')}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value as (typeof REASONS)[number]);
          send.reset();
        }}
      >
        {REASONS.map((option) => (
          <MenuItem key={option} value={option}>
            {word('endReason', option)}
          </MenuItem>
        ))}
      </TextField>
      <DateField label={translate('courses.on')} value={on} min={course.startedOn} max={today} onDate={setOn} required />
      <TextField
        label={translate('courses.note')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        multiline
        minRows={2}
        slotProps={{ htmlInput: { maxLength: 1000 } }}
      />
      <StopAndReason
        findings={findings}
        error={send.error}
        label={translate('courses.override')}
        reason={override}
        onReason={setOverride}
      />
    </FormDialog>
  );
}

export function DeclineProposalDialog({ proposal, onClose }: { proposal: CourseProposal; onClose: () => void }) {
  const translate = useTranslate();
  const notice = useChangesNotice();
  const decline = useSend(ROUTES.declineProposal);
  return (
    <ReasonDialog
      open
      title={translate('courses.declineTitle')}
      explain={proposal.display}
      confirm={translate('courses.decline')}
      busy={decline.isPending}
      error={decline.error}
      onClose={onClose}
      onConfirm={(reason) =>
        decline.mutate(
          { params: { proposalId: proposal.id }, body: { reason } },
          {
            onSuccess: () => {
              notice(translate('courses.declineDone'), null);
              onClose();
            },
          },
        )
      }
    />
  );
}
