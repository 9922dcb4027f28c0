import { Alert, Box, Button, Stack, TextField, Typography } from '@mui/material';
import { SELF_EXCLUSIONS, SELF_PLAN_PARTS } from '@vastus/clinical';
import { ROUTES, type SelfInjectionProgramme } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Segmented } from '../ui/Segmented.js';
import type { EligibilityDraft } from './programme.js';

interface EligibilitySectionProps {
  patientId: string;
  programme: SelfInjectionProgramme;
  draft: EligibilityDraft;
  unsaved: boolean;
  onChange: (draft: EligibilityDraft) => void;
}

/** SELF-ELIG and SELF-STABLE: every exclusion asked for by itself, and what must be written down. */
export function EligibilitySection({ patientId, programme, draft, unsaved, onChange }: EligibilitySectionProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may, today } = useSession();
  const notice = useChangesNotice();
  const save = useSend(ROUTES.applyForSelfInjection);
  const { application } = programme;
  const writing = may('self-injection.prepare') && programme.state !== 'ended';
  const t = (key: string, options?: Record<string, unknown>) => translate(`selfInjection.eligibility.${key}`, options);
  return (
    <Section
      title={t('title')}
      subtitle={
        application ? t('recorded', { name: application.recordedByName, date: format.instant(application.recordedAt) }) : t('subtitle')
      }
    >
      <Stack
        component="form"
        noValidate
        sx={{ gap: 2.5 }}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            {
              params: { patientId },
              body: {
                courseId: programme.courseId,
                exclusions: draft.exclusions,
                plan: draft.plan,
                plannedUntil: draft.plannedUntil || null,
              },
            },
            { onSuccess: ({ changes }) => notice(t('saved'), changes) },
          );
        }}
      >
        <Box component="fieldset" disabled={!writing} sx={{ border: 0, m: 0, p: 0, minWidth: 0, display: 'grid', gap: 2.5 }}>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
            {SELF_EXCLUSIONS.map((exclusion) => (
              <Segmented<boolean>
                key={exclusion}
                label={word('care', exclusion)}
                options={[
                  { value: true, label: translate('app.yes'), tint: 'danger' },
                  { value: false, label: translate('app.no') },
                ]}
                value={draft.exclusions[exclusion]}
                clearable
                onChange={(answer) => onChange({ ...draft, exclusions: { ...draft.exclusions, [exclusion]: answer } })}
              />
            ))}
          </Box>
          <Typography variant="subtitle2">{t('plan')}</Typography>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
            {SELF_PLAN_PARTS.map((part) => (
              <TextField
                key={part}
                multiline
                minRows={2}
                disabled={!writing}
                label={word('care', part)}
                helperText={t(`planHelp.${part}`)}
                value={draft.plan[part]}
                onChange={({ target }) => onChange({ ...draft, plan: { ...draft.plan, [part]: target.value } })}
                slotProps={{ htmlInput: { maxLength: 2000 } }}
              />
            ))}
          </Box>
          <DateField
            label={t('plannedUntil')}
            value={draft.plannedUntil}
            min={today}
            disabled={!writing}
            onDate={(plannedUntil) => onChange({ ...draft, plannedUntil })}
            sx={{ maxWidth: 360 }}
          />
        </Box>
        <ProblemAlert error={save.error} />
        {writing && (
          <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
            <Button type="submit" variant={unsaved ? 'contained' : 'outlined'} disabled={!unsaved || save.isPending}>
              {t('save')}
            </Button>
            {unsaved && (
              <Alert severity="info" sx={{ py: 0 }}>
                {t('unsaved')}
              </Alert>
            )}
          </Stack>
        )}
      </Stack>
    </Section>
  );
}
