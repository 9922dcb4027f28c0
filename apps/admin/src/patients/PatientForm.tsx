import { Box, Button, Stack, Typography } from '@mui/material';
import { ALLERGENS, MALABSORPTIONS, RISK_GROUPS } from '@vastus/clinical';
import type { Patient } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import {
  DateInput,
  RadioButtonGroupInput,
  ResourceContextProvider,
  required,
  SaveButton,
  SelectArrayInput,
  SelectInput,
  SimpleForm,
  TextInput,
  Toolbar,
  useTranslate,
} from 'react-admin';
import { useFormState, useWatch } from 'react-hook-form';
import { Link, useNavigate } from 'react-router-dom';
import type { ApiProblem } from '../api/problem.js';
import { useIssues } from '../api/useIssues.js';
import { useWords } from '../i18n/useWords.js';
import { readNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { FolicAcidStop } from './FolicAcidStop.js';
import { PATIENT_FIELDS, toPatientBody, toPatientForm } from './patientFields.js';

const NO_ICON = <span hidden />;
const GRID = {
  display: 'grid',
  gap: 2,
  gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
  alignItems: 'start',
  '& .wide': { gridColumn: '1 / -1' },
  '& .RaInput-root, & .MuiFormControl-root': { width: '100%', m: 0 },
} as const;

interface PatientFormProps {
  patient?: Patient;
  saveLabel: string;
  cancelTo: string;
  /** Sends the body and answers where to go; throws `ApiProblem`. */
  onSave: (body: Record<string, unknown>) => Promise<string>;
}

/** All fields of a patient's record, in the order they are asked. What the server refuses is shown at its field. */
export function PatientForm({ patient, saveLabel, cancelTo, onSave }: PatientFormProps) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today } = useSession();
  const label = (name: string) => translate(`patients.field.${name}`);
  const choices = (group: 'allergen' | 'malabsorption' | 'riskGroup' | 'sex', ids: readonly string[]) =>
    ids.map((id) => ({ id, name: word(group, id) }));
  const answers = ['yes', 'no', 'unknown'].map((id) => ({ id, name: translate(`app.${id}`) }));
  const issues = useIssues();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const leaveTo = useRef<string | null>(null);

  const submit = async (form: object) => {
    setProblem(null);
    try {
      leaveTo.current = await onSave(toPatientBody(form as Record<string, unknown>));
      return undefined;
    } catch (error) {
      setProblem(error as ApiProblem);
      window.scrollTo({ top: 0, behavior: 'smooth' });
      const { '': _, ...fields } = issues.byField(error);
      return { ...fields, root: { serverError: `app.problem.${(error as ApiProblem).code}` } };
    }
  };

  return (
    <ResourceContextProvider value="patients">
      <SimpleForm
        component={Box}
        noValidate
        onSubmit={submit}
        defaultValues={
          patient
            ? toPatientForm(patient)
            : { renalDysfunction: 'unknown', anticoagulated: 'unknown', malabsorption: [], riskGroups: [], allergies: [] }
        }
        sx={{ p: 0 }}
        toolbar={
          <Toolbar sx={{ bgcolor: 'transparent', px: '0 !important', gap: 1, mt: 2 }}>
            <SaveButton label={saveLabel} alwaysEnable icon={NO_ICON} size="large" />
            <Button component={Link} to={cancelTo} color="inherit">
              {translate('app.action.cancel')}
            </Button>
          </Toolbar>
        }
      >
        <Stack sx={{ gap: 3, width: '100%' }}>
          <ProblemAlert error={problem} shownFields={PATIENT_FIELDS} />
          <LeaveWhenSaved to={leaveTo} />
          <Section title={translate('patients.form.person')}>
            <Box sx={GRID}>
              <TextInput
                source="familyName"
                label={label('familyName')}
                validate={required()}
                helperText={false}
                inputProps={{ maxLength: 100 }}
              />
              <TextInput
                source="givenName"
                label={label('givenName')}
                validate={required()}
                helperText={false}
                inputProps={{ maxLength: 100 }}
              />
              <DateInput
                source="birthDate"
                label={label('birthDate')}
                validate={required()}
                helperText={false}
                inputProps={{ max: today }}
                parse={(date) => date}
              />
              <SelectInput
                source="sex"
                label={label('sex')}
                choices={choices('sex', ['female', 'male', 'other', 'unknown'])}
                validate={required()}
                helperText={false}
              />
              <TextInput
                source="recordNumber"
                label={label('recordNumber')}
                validate={required()}
                helperText={false}
                inputProps={{ maxLength: 40 }}
              />
              <DiedOn known={patient?.deceasedOn ?? null} />
            </Box>
          </Section>
          <Section title={translate('patients.form.contact')}>
            <Box sx={GRID}>
              <TextInput source="phone" type="tel" label={label('phone')} helperText={false} inputProps={{ maxLength: 40 }} />
              <TextInput source="email" type="email" label={label('email')} helperText={false} inputProps={{ maxLength: 200 }} />
              <TextInput
                source="interpreterLanguage"
                label={label('interpreterLanguage')}
                helperText={false}
                inputProps={{ maxLength: 40 }}
              />
            </Box>
          </Section>
          <Section title={translate('patients.form.health')} subtitle={translate('patients.form.healthSub')}>
            <Box sx={GRID}>
              <SelectArrayInput source="allergies" label={label('allergies')} choices={choices('allergen', ALLERGENS)} helperText={false} />
              <TextInput source="allergyNote" label={label('allergyNote')} helperText={false} inputProps={{ maxLength: 500 }} />
              <RadioButtonGroupInput source="renalDysfunction" label={label('renalDysfunction')} choices={answers} helperText={false} />
              <RadioButtonGroupInput source="anticoagulated" label={label('anticoagulated')} choices={answers} helperText={false} />
              <SelectArrayInput
                source="malabsorption"
                label={label('malabsorption')}
                choices={choices('malabsorption', MALABSORPTIONS)}
                helperText={false}
              />
              <SelectArrayInput
                source="riskGroups"
                label={label('riskGroups')}
                choices={choices('riskGroup', RISK_GROUPS)}
                helperText={false}
              />
              <TextInput
                source="folicAcidMgPerDay"
                label={label('folicAcidMgPerDay')}
                validate={(typed?: string | null) => (typed && readNumber(typed) === null ? 'injections.errors.number' : undefined)}
                helperText={false}
                inputProps={{ inputMode: 'decimal', maxLength: 10 }}
                // What the server refused was another amount.
                onChange={() => setProblem((before) => (before?.code === 'blocked-by-rule' ? null : before))}
              />
              <TextInput source="neurotoxicDrugs" label={label('neurotoxicDrugs')} helperText={false} inputProps={{ maxLength: 500 }} />
              <FolicAcidStop patient={patient} refused={problem?.code === 'blocked-by-rule'} />
            </Box>
          </Section>
          <Section title={translate('patients.form.notes')}>
            <TextInput
              source="note"
              label={label('note')}
              multiline
              minRows={3}
              fullWidth
              helperText={false}
              inputProps={{ maxLength: 2000 }}
            />
          </Section>
          <Typography variant="caption" color="text.secondary">
            {translate('app.notice')}
          </Typography>
        </Stack>
      </SimpleForm>
    </ResourceContextProvider>
  );
}

/** Moves on once the form counts as saved: earlier, it would warn about unsaved changes. */
function LeaveWhenSaved({ to }: { to: { current: string | null } }) {
  const { isSubmitSuccessful } = useFormState();
  const navigate = useNavigate();
  useEffect(() => {
    if (isSubmitSuccessful && to.current) void navigate(to.current);
  }, [isSubmitSuccessful, navigate, to]);
  return null;
}

/** A day of death ends more than it shows here: who enters one is told so before saving. */
function DiedOn({ known }: { known: string | null }) {
  const translate = useTranslate();
  const { today } = useSession();
  const entered = useWatch({ name: 'deceasedOn' }) as string | null | undefined;
  return (
    <DateInput
      source="deceasedOn"
      label={translate('patients.field.deceasedOn')}
      helperText={entered && entered !== known ? translate('patients.form.diedHelp') : false}
      inputProps={{ max: today }}
      parse={(date) => date}
    />
  );
}
