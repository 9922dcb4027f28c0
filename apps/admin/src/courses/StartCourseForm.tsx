import { Alert, Box, Button, Checkbox, FormControlLabel, FormHelperText, MenuItem, Stack, TextField } from '@mui/material';
import {
  CAUSES,
  type Cause,
  COBALAMINS,
  checkStartOfCourse,
  MONITORING_PLANS,
  type MonitoringPlan,
  proposedRegimen,
  REGIMENS,
  type Regimen,
  UNANSWERED_PICTURE,
} from '@vastus/clinical';
import { type CourseProposal, type FindingOut, type Patient, type Product, ROUTES, type StartCourse } from '@vastus/contract';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { StartPicture } from '../follow-up/StartPicture.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { readNumber, typedNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FindingList } from '../ui/FindingList.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Segmented } from '../ui/Segmented.js';
import { isReason, isStopped, StopAndReason } from '../ui/StopAndReason.js';

interface StartCourseFormProps {
  patient: Patient;
  products: readonly Product[];
  proposal: CourseProposal | null;
  known: KnownFacts;
}

const FIELDS = [
  'productId',
  'doseMicrograms',
  'indication',
  'cause',
  'neurologicalInvolvement',
  'symptomsSince',
  'regimen',
  'maintenanceMonths',
  'monitoringPlan',
  'startedOn',
];
const GRID = { display: 'grid', gap: 2.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, alignItems: 'start' } as const;

/** What the course has not of its own moves with the clinic's protocol: that is the empty choice, and it is shown. */
const SHOW_EMPTY = { select: { displayEmpty: true }, inputLabel: { shrink: true } };

/** The order names a substance in its own words; a product is chosen for it only where the words say so. */
function productFor(proposal: CourseProposal | null, products: readonly Product[]): Product | undefined {
  const order = proposal?.display.toLowerCase();
  return order === undefined ? undefined : products.find(({ substance }) => order.includes(substance));
}

/** What is given, why, and how it is followed. The rules say at once what would stop its doses. */
export function StartCourseForm({ patient, products, proposal, known }: StartCourseFormProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today, now, may } = useSession();
  const navigate = useNavigate();
  const notice = useChangesNotice();
  const start = useSend(ROUTES.startCourse);
  const accept = useSend(ROUTES.acceptProposal);
  const [productId, setProductId] = useState(productFor(proposal, products)?.id ?? '');
  const [dose, setDose] = useState('');
  const [neurological, setNeurological] = useState<boolean | null>(null);
  const [chosenRegimen, setRegimen] = useState<Regimen | null>(null);
  const [cause, setCause] = useState<Cause | ''>('');
  const [symptomsSince, setSymptomsSince] = useState('');
  const [anemia, setAnemia] = useState(false);
  const [indication, setIndication] = useState(proposal?.display ?? '');
  const [months, setMonths] = useState<number | ''>('');
  const [plan, setPlan] = useState<MonitoringPlan | ''>('');
  const [startedOn, setStartedOn] = useState(today);
  const [picture, setPicture] = useState(UNANSWERED_PICTURE);
  const [override, setOverride] = useState('');
  const [tried, setTried] = useState(false);

  const product = products.find(({ id }) => id === productId);
  const regimen = chosenRegimen ?? (product && neurological !== null ? proposedRegimen(product.substance, neurological) : null);
  const findings = product ? checkStartOfCourse(product.substance, known.facts, known.protocol, now) : [];
  const { error } = proposal ? accept : start;
  const stopped = isStopped(findings, error);
  const issues = useIssues().byField(error);
  const busy = start.isPending || accept.isPending;
  const label = (name: string) => translate(`courses.field.${name}`);
  const message = (name: string, empty: boolean) => issues[name] ?? (tried && empty ? translate('app.signIn.required') : undefined);

  const unreadable = dose.trim() !== '' && !readNumber(dose);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!product || unreadable || neurological === null || !regimen || cause === '' || startedOn === '') return;
    const body = {
      productId: product.id,
      doseMicrograms: readNumber(dose) ?? undefined,
      indication,
      cause,
      neurologicalInvolvement: neurological,
      symptomsSince: symptomsSince || null,
      anemiaAtBaseline: anemia,
      regimen,
      maintenanceMonths: months === '' ? undefined : months,
      monitoringPlan: plan === '' ? undefined : plan,
      startedOn,
      overrideReason: stopped && override.trim() !== '' ? override : null,
      deficiencyPicture: Object.values(picture).some((answer) => answer !== null) ? picture : null,
    } satisfies Partial<Record<keyof StartCourse, unknown>>;
    const onSuccess = ({ changes }: { changes: Parameters<typeof notice>[1] }) => {
      notice(translate(proposal ? 'courses.accepted' : 'courses.started'), changes);
      void navigate(`/patients/${patient.id}/show`);
    };
    if (proposal) accept.mutate({ params: { proposalId: proposal.id }, body }, { onSuccess });
    else start.mutate({ params: { patientId: patient.id }, body }, { onSuccess });
  };

  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 3 }}>
      {proposal && (
        <Alert severity="info">
          {translate('courses.order', { display: proposal.display, source: proposal.source, date: format.date(proposal.authoredOn) })}
        </Alert>
      )}
      <ProblemAlert error={error} shownFields={FIELDS} />
      <Section title={translate('courses.what')} subtitle={translate('courses.anyway')}>
        <Stack sx={{ gap: 2.5 }}>
          <Box sx={GRID}>
            <TextField
              select
              required
              label={label('productId')}
              value={productId}
              onChange={(event) => setProductId(event.target.value)}
              error={Boolean(message('productId', !product))}
              helperText={message('productId', !product)}
            >
              {products.map(({ id, name }) => (
                <MenuItem key={id} value={id}>
                  {name}
                </MenuItem>
              ))}
            </TextField>
            <TextField
              label={label('doseMicrograms')}
              value={dose}
              onChange={(event) => setDose(event.target.value)}
              placeholder={product ? typedNumber(product.defaultDoseMicrograms) : undefined}
              error={Boolean(issues['doseMicrograms']) || unreadable}
              helperText={
                (unreadable ? translate('injections.errors.number') : issues['doseMicrograms']) ??
                (product && translate('courses.help.doseMicrograms', { dose: format.dose(product.defaultDoseMicrograms) }))
              }
              slotProps={{ htmlInput: { inputMode: 'decimal' } }}
            />
          </Box>
          {may('course.override') ? (
            <StopAndReason
              findings={findings}
              error={error}
              label={translate('courses.override')}
              reason={override}
              onReason={setOverride}
            />
          ) : (
            <Box role="status">
              <FindingList findings={findings as FindingOut[]} />
              {stopped && <FormHelperText>{translate('courses.overrideByPhysician')}</FormHelperText>}
            </Box>
          )}
          <Box>
            <Segmented<boolean>
              label={label('neurologicalInvolvement')}
              options={[
                { value: true, label: translate('app.yes') },
                { value: false, label: translate('app.no') },
              ]}
              value={neurological}
              onChange={setNeurological}
              help={translate('courses.help.neurologicalInvolvement')}
              error={message('neurologicalInvolvement', neurological === null)}
            />
          </Box>
          <TextField
            select
            required
            label={label('regimen')}
            value={regimen ?? ''}
            onChange={(event) => setRegimen(event.target.value as Regimen)}
            error={Boolean(issues['regimen'])}
            helperText={issues['regimen'] ?? translate('courses.help.regimen')}
          >
            {REGIMENS.map((option) => (
              <MenuItem key={option} value={option}>
                {word('regimen', option)}
              </MenuItem>
            ))}
          </TextField>
          <Box sx={GRID}>
            <DateField
              required
              label={label('startedOn')}
              value={startedOn}
              onDate={setStartedOn}
              error={Boolean(message('startedOn', startedOn === ''))}
              helperText={message('startedOn', startedOn === '')}
            />
            <TextField
              select
              label={label('maintenanceMonths')}
              value={months}
              onChange={(event) => setMonths(event.target.value === '' ? '' : Number(event.target.value))}
              slotProps={SHOW_EMPTY}
              error={Boolean(issues['maintenanceMonths'])}
              helperText={issues['maintenanceMonths']}
            >
              <MenuItem value="">{translate('courses.ofProtocolMonths', { smart_count: known.protocol.maintenanceMonths })}</MenuItem>
              {[1, 2, 3].map((count) => (
                <MenuItem key={count} value={count}>
                  {translate('app.months', { smart_count: count })}
                </MenuItem>
              ))}
            </TextField>
          </Box>
        </Stack>
      </Section>
      <Section title={translate('courses.why')}>
        <Stack sx={{ gap: 2.5 }}>
          <Box sx={GRID}>
            <TextField
              select
              required
              label={label('cause')}
              value={cause}
              onChange={(event) => setCause(event.target.value as Cause)}
              error={Boolean(message('cause', cause === ''))}
              helperText={message('cause', cause === '') ?? translate('courses.help.cause')}
            >
              {CAUSES.map((option) => (
                <MenuItem key={option} value={option}>
                  {word('cause', option)}
                </MenuItem>
              ))}
            </TextField>
            <DateField
              label={label('symptomsSince')}
              value={symptomsSince}
              max={today}
              onDate={setSymptomsSince}
              error={Boolean(issues['symptomsSince'])}
              helperText={issues['symptomsSince']}
            />
          </Box>
          {product && COBALAMINS.includes(product.substance) && (
            <StartPicture
              known={known}
              value={picture}
              onChange={setPicture}
              course={{
                id: 'draft',
                productId: product.id,
                substance: product.substance,
                doseMicrograms: product.defaultDoseMicrograms,
                cause: cause || 'unknown',
                neurologicalInvolvement: neurological === true,
                symptomsSince: symptomsSince || null,
                anemiaAtBaseline: anemia,
                regimen: regimen ?? 'loading-three-weekly',
                maintenanceMonths: months || known.protocol.maintenanceMonths,
                monitoringPlan: plan || 'none',
                startedOn: startedOn || today,
                loadingEndedOn: null,
                endedOn: null,
                deficiencyPicture: picture,
              }}
            />
          )}
          <TextField
            label={label('indication')}
            value={indication}
            onChange={(event) => setIndication(event.target.value)}
            error={Boolean(issues['indication'])}
            helperText={issues['indication']}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          <Box>
            <FormControlLabel
              control={<Checkbox checked={anemia} onChange={(_, checked) => setAnemia(checked)} />}
              label={label('anemiaAtBaseline')}
            />
            <FormHelperText>{translate('courses.help.anemiaAtBaseline')}</FormHelperText>
          </Box>
          <TextField
            select
            label={label('monitoringPlan')}
            value={plan}
            onChange={(event) => setPlan(event.target.value as MonitoringPlan | '')}
            slotProps={SHOW_EMPTY}
            error={Boolean(issues['monitoringPlan'])}
            helperText={issues['monitoringPlan']}
          >
            <MenuItem value="">{translate('courses.ofProtocol')}</MenuItem>
            {MONITORING_PLANS.map((option) => (
              <MenuItem key={option} value={option}>
                {word('plan', option)}
              </MenuItem>
            ))}
          </TextField>
        </Stack>
      </Section>
      <Stack direction="row" sx={{ gap: 1 }}>
        <Button
          type="submit"
          variant="contained"
          size="large"
          disabled={busy || (stopped && !(may('course.override') && isReason(override)))}
        >
          {translate(proposal ? 'courses.acceptSubmit' : 'courses.startSubmit')}
        </Button>
        <Button component={Link} to={`/patients/${patient.id}/show`} color="inherit" size="large">
          {translate('app.action.cancel')}
        </Button>
      </Stack>
    </Stack>
  );
}
