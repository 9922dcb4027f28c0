import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Chart } from '@vastus/contract';
import PatientChart from '../patients/PatientChart.js';
import { aChart, aPainPlan, aRuleOut, aScore } from '../testing/follow-up.js';
import { aCourse, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, NOW, open } from '../testing/screen.js';

const neuro = () => {
  const known = someFacts();
  return {
    ...known,
    facts: {
      ...known.facts,
      courses: known.facts.courses.map((course) => ({ ...course, neurologicalInvolvement: true, cause: 'metformin' as const })),
    },
  };
};
const show = (with_: Partial<Chart>, known = someFacts(), more: Record<string, unknown> = {}, role: 'nurse' | 'administrator' = 'nurse') =>
  open(<PatientChart />, {
    role,
    url: `/patients/${id(1)}/show`,
    path: '/patients/:id/show',
    api: { 'GET /patients/:patientId/chart': aChart(with_), 'GET /patients/:patientId/facts': known, ...more },
  });
const section = (name: string) => screen.findByRole('region', { name });

describe('symptoms over time', () => {
  it('records what was scored and leaves out the rest', async () => {
    const page = show({}, someFacts(), { 'POST /patients/:patientId/symptom-scores': { score: aScore(), changes: NOTHING_CHANGED } });
    await userEvent.click(within(await section('Symptoms over time')).getByRole('button', { name: 'Score symptoms' }));
    const dialog = await screen.findByRole('dialog');
    const record = within(dialog).getByRole('button', { name: 'Record score' });
    expect(record).toBeDisabled();
    await userEvent.click(within(within(dialog).getByRole('group', { name: 'Pain' })).getByRole('radio', { name: '7' }));
    await userEvent.click(record);
    expect(page.asked('POST /patients/:patientId/symptom-scores')[0]!.body).toMatchObject({ pain: 7, sensory: null, motor: null });
  });

  it('draws the expected course beside the patient’s own', async () => {
    show({ symptomScores: [aScore()] });
    const scores = await section('Symptoms over time');
    expect(within(scores).getByText(/What to expect, counted from the first dose on 10 Jan 2026/)).toBeInTheDocument();
    expect(within(scores).getByText('10 Jan 2026 to 10 Apr 2026')).toBeInTheDocument();
    expect(await within(scores).findByRole('figure', { name: /20 Nov 2026 Pain 4, Numbness, tingling 6/ })).toBeInTheDocument();
  });

  it('corrects a score with the reason; the score of a dose is corrected with the dose', async () => {
    const page = show(
      { symptomScores: [aScore({ id: id(201), source: 'injection', scoredAt: '2026-09-20T10:00:00.000Z' }), aScore()] },
      someFacts(),
      {
        'POST /symptom-scores/:scoreId/amendments': { score: aScore(), changes: NOTHING_CHANGED },
      },
    );
    await userEvent.click(within(await section('Symptoms over time')).getByRole('button', { name: 'Table' }));
    await userEvent.click(await screen.findByRole('button', { name: /^Correct: / }));
    const dialog = await screen.findByRole('dialog', { name: 'Correct the score' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: /What was wrong/ }), 'Read from another chart');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record score' }));
    const [sent] = page.asked('POST /symptom-scores/:scoreId/amendments');
    expect(sent!.path).toContain(id(200));
    expect(sent!.body).toMatchObject({ pain: 4, sensory: 6, scoredAt: NOW, amendReason: 'Read from another chart' });
  });
});

describe('pain treatment', () => {
  it('says while typing how the dose stands beside the sources, and records it all the same', async () => {
    const page = show({}, someFacts(), { 'POST /patients/:patientId/pain-plans': { painPlan: aPainPlan(), changes: NOTHING_CHANGED } });
    await userEvent.click(within(await section('Pain treatment')).getByRole('button', { name: 'Add treatment' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('combobox', { name: /Drug/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Pregabalin' }));
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Dose (mg a day)' }), '900');
    expect(within(dialog).getByText('Above the range of the sources (300–600 mg a day).')).toBeInTheDocument();
    expect(within(dialog).getByText(/Gabapentin: no range given, alternative/)).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record treatment' }));
    expect(page.asked('POST /patients/:patientId/pain-plans')[0]!.body).toMatchObject({ drug: 'pregabalin', dose: 900, until: null });
  });

  it('shows what is taken now; what is over waits behind a button', async () => {
    show({ painPlans: [aPainPlan({ id: id(211), drug: 'gabapentin', until: '2026-09-30' }), aPainPlan()] });
    const pain = await section('Pain treatment');
    expect(within(pain).getByText('Pregabalin, 150 mg a day')).toBeInTheDocument();
    expect(within(pain).queryByText(/Gabapentin/)).not.toBeInTheDocument();
    await userEvent.click(within(pain).getByRole('button', { name: 'Earlier treatment (1)' }));
    expect(within(pain).getByText(/Gabapentin/)).toBeInTheDocument();
  });
});

describe('other causes of the neuropathy', () => {
  it('asks for none without a neuropathy', async () => {
    show({});
    await section('Pain treatment');
    expect(screen.queryByRole('region', { name: 'Other causes of neuropathy' })).not.toBeInTheDocument();
  });

  it('a result ticks its cause by itself, the others are ticked by hand', async () => {
    const known = neuro();
    const tsh = { id: id(230), analyte: 'tsh' as const, value: 2.1, collectedAt: NOW, collectedOn: '2026-11-20' };
    const page = show(
      {
        labResults: [
          {
            ...tsh,
            harmonizedValue: 2.1,
            harmonizedUnit: 'm[IU]/L',
            unit: 'm[IU]/L',
            state: 'effective',
            interpretation: 'normal',
          } as never,
        ],
        ruleOuts: [aRuleOut()],
      },
      { ...known, facts: { ...known.facts, labResults: [tsh], ruleOuts: [{ id: id(220), item: 'hiv', tickedAt: NOW }] } },
      { 'POST /patients/:patientId/rule-outs': { ruleOut: aRuleOut(), changes: NOTHING_CHANGED } },
    );
    const causes = await section('Other causes of neuropathy');
    expect(causes).toHaveTextContent('2 of 9 looked at');
    expect(causes).toHaveTextContent('TSH 2.1 mIU/L, 20 Nov 2026');
    expect(within(causes).queryByRole('button', { name: 'Tick off: Thyroid (TSH)' })).not.toBeInTheDocument();
    await userEvent.click(within(causes).getByRole('button', { name: 'Tick off: Thiamine' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: /Finding/ }), 'normal');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Tick off' }));
    expect(page.asked('POST /patients/:patientId/rule-outs')[0]!.body).toEqual({
      item: 'thiamine',
      finding: 'normal',
      doneOn: '2026-11-20',
    });
  });
});

describe('what the deficiency looks like', () => {
  it('shows what is known, what is not, and records the work-up', async () => {
    const page = show({ courses: [aCourse({ neurologicalInvolvement: true, cause: 'metformin' })] }, neuro(), {
      'POST /courses/:courseId/work-up': { course: aCourse(), changes: NOTHING_CHANGED },
    });
    const courses = await section('Courses');
    expect(await within(courses).findByText('Not yet clear')).toBeInTheDocument();
    expect(courses).toHaveTextContent('Neurological signs: Yes (from the course)');
    expect(courses).toHaveTextContent('Not known: Low B12, Symptoms');
    expect(await section('Risk groups')).toHaveTextContent('Long-term metformin (from the cause of a course)');
    await userEvent.click(within(courses).getByRole('button', { name: 'Cause and picture…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(within(dialog).getByRole('group', { name: 'Low B12' })).getByRole('radio', { name: 'Yes' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Record' }));
    expect(page.asked('POST /courses/:courseId/work-up')[0]!.body).toMatchObject({
      cause: 'metformin',
      deficiencyPicture: { lowB12: true, symptoms: null },
    });
  });

  it('a high B12 on injections is no finding', async () => {
    const high = {
      id: id(231),
      analyte: 'b12',
      harmonizedValue: 1400,
      harmonizedUnit: 'pmol/L',
      unit: 'pmol/L',
      value: 1400,
      collectedAt: NOW,
      collectedOn: '2026-11-20',
      state: 'effective',
    };
    show({ labResults: [{ ...high, interpretation: 'expected-high' } as never] });
    const results = await section('Laboratory');
    await userEvent.click(within(results).getByRole('button', { name: 'Table' }));
    expect(within(results).getByText('Expected on injections')).toBeInTheDocument();
    expect(within(results).queryByText('High')).not.toBeInTheDocument();
  });

  it('an administrator reads all of it and changes none of it', async () => {
    show({ symptomScores: [aScore()], painPlans: [aPainPlan()], ruleOuts: [aRuleOut()] }, neuro(), {}, 'administrator');
    await section('Other causes of neuropathy');
    for (const name of [/Score symptoms/, /Add treatment/, /Tick off/, /^Change/, /^Void/, /Cause and picture/])
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});
