import type { FollowUpRuleId, RuleEntry } from './rule-types.js';

const STABLE_QUESTIONS = 'S2 | Key questions to discuss with your clinician before starting |';
const HOME_LIMITS = 'S2 | Real-world limitations you should not ignore |';

/** Sections E and F of the protocol: monitoring, and self-injection at home. */
export const FOLLOW_UP_RULES: Readonly<Record<FollowUpRuleId, RuleEntry>> = {
  'MON-BASE': {
    kinds: ['alert'],
    title: 'Baseline values',
    summary:
      'Hematocrit, reticulocytes, B12, folate and ferritin belong to the start; missing, they are asked for, and the dose is given all the same.',
    from: ['S4 | Monitoring Requirements | Obtain baseline hematocrit'],
  },
  'MON-K48': {
    kinds: ['alert'],
    title: 'Potassium in the first 48 hours',
    summary: 'A potassium value is due within 48 hours of the first dose; a low one is urgent.',
    from: ['S4 | Monitoring Requirements | Monitor serum potassium'],
    parameters: ['potassiumUrgentMillimolesPerL'],
  },
  'MON-RETIC': {
    kinds: ['schedule', 'alert'],
    title: 'Hematocrit and reticulocytes',
    summary: 'With anemia at baseline: daily on days 5 to 7, then weekly until the hematocrit is normal.',
    from: ['S4 | Monitoring Requirements | Repeat hematocrit'],
    parameters: ['reticulocyteIntervalDays'],
  },
  'MON-3-6-12': {
    kinds: ['schedule', 'alert'],
    title: 'B12, homocysteine and MMA at 3, 6 and 12 months',
    summary: 'Counted from the first dose; each check opens some days ahead so that the blood is drawn in time.',
    from: ['S3 | Monitoring Strategy | Check serum B12'],
    parameters: ['monitoringWindowBeforeDays', 'monitoringWindowAfterDays'],
    conflict: 'monitoring-interval',
  },
  'MON-ANNUAL': {
    kinds: ['schedule', 'alert'],
    title: 'B12 and homocysteine every year',
    summary: 'After the first year one check a year, on the anniversary of the first dose.',
    from: ['S3 | Monitoring Strategy | Annual monitoring'],
    parameters: ['monitoringWindowBeforeDays', 'monitoringWindowAfterDays'],
  },
  'MON-Q3': {
    kinds: ['schedule', 'alert'],
    title: 'B12 and homocysteine every three months',
    summary: 'The alternative plan: every three months in the first year, then every year.',
    from: ['S4 | Monitoring Requirements | Check serum B12'],
    parameters: ['monitoringWindowBeforeDays', 'monitoringWindowAfterDays'],
    conflict: 'monitoring-interval',
  },
  'MON-SATISFY': {
    kinds: ['derive'],
    title: 'What meets a check',
    summary: 'Results collected inside the window meet it; it lists what is missing and is overdue once the window has passed.',
    from: ['S3 | Monitoring Strategy | Check serum B12'],
    parameters: ['monitoringWindowBeforeDays', 'monitoringWindowAfterDays'],
  },
  'MON-HCY': {
    kinds: ['alert'],
    title: 'Homocysteine not at target',
    summary: 'Homocysteine at or above the target at a check goes to the physician, until a later value is below.',
    from: ['S3 | Monitoring Strategy | Target homocysteine'],
    parameters: ['homocysteineTargetMicromolesPerL'],
  },
  'MON-NORESP': {
    kinds: ['alert'],
    title: 'No response to treatment',
    summary:
      'At three months B12 has not risen or methylmalonic acid is still high: review diagnosis, absorption, adherence, route and product.',
    from: ['S2 | “What if my levels don’t improve?” | If there’s inadequate response'],
  },
  'MON-NEURO': {
    kinds: ['warn'],
    title: 'Neurological baseline at each visit',
    summary: 'Pain, sensation and strength are recorded with each injection; without them the dose is accepted and they are asked for.',
    from: ['S3 | Monitoring Strategy | Assess neurological symptoms'],
  },
  'MON-RELAPSE': {
    kinds: ['alert'],
    title: 'Relapse',
    summary: 'A symptom score that worsens after stabilization goes to the physician.',
    from: ['S3 | Monitoring Strategy | Continue assessing'],
    parameters: ['relapseWorseningPoints'],
  },
  'MON-TIMELINE': {
    kinds: ['inform'],
    title: 'Expected recovery',
    summary: 'First changes in days to weeks, complete recovery possible by three months, axonal damage six to twelve months.',
    from: ['S3 | Expected Timeline for Improvement | Neurological improvement', 'S4 | Expected Recovery Timeline | Case reports'],
  },
  'MON-RULEOUT': {
    kinds: ['inform', 'alert'],
    title: 'Other causes of neuropathy',
    summary: 'Diabetes, thyroid, kidney, HIV, hepatitis, paraprotein, drugs, thiamine and B6 are ticked off.',
    from: ['S4 | Exclude Other Causes | Diabetes mellitus', 'S3 | Adjunctive Considerations | Screen for and optimize'],
  },
  'MON-RISK': {
    kinds: ['derive'],
    title: 'Risk groups',
    summary: 'Ileal resection or Crohn’s disease, no animal products, long-term metformin, pregnancy or lactation.',
    from: ['S4 | Special Populations | Patients with ileal resections'],
  },
  'PAIN-PLAN': {
    kinds: ['inform'],
    title: 'Pain treatment',
    summary: 'Symptomatic treatment is recorded with its dose beside the ranges of the sources.',
    from: [
      'S4 | Symptomatic Pain Management | Pregabalin 300',
      'S3 | Adjunctive Considerations | B12 treatment addresses',
      'S0 | Immediate Management Steps | Prescribe neuropathic pain',
    ],
  },
  'SELF-ELIG': {
    kinds: ['block'],
    title: 'Fit for self-injection',
    summary:
      'Needle phobia, tremor, no sterile technique or sharps disposal, rapid progression or skin disease at the site each refuse approval.',
    from: [`${HOME_LIMITS} If you have significant needle phobia`],
  },
  'SELF-STABLE': {
    kinds: ['block'],
    title: 'Self-injection after stabilization',
    summary: 'Cause, dosing plan, laboratory plan, red flags and planned duration are written down first.',
    from: [`${STABLE_QUESTIONS} What is the target dosing schedule`],
  },
  'SELF-TRAIN': {
    kinds: ['block'],
    title: 'Training for self-injection',
    summary: 'Training is recorded item by item and the first self-injection is observed.',
    from: ['S2 | Hand-on training matters more than online instructions | In my own hands-on work'],
    parameters: ['selfTrainingMonths'],
  },
  'SELF-LOG': {
    kinds: ['derive'],
    title: 'Home doses count',
    summary: 'Doses at home are recorded as reported by the patient and count for the schedule.',
    from: ['S2 | What are the biggest safety mistakes with at-home IM injections? | The most common issues I’ve seen'],
  },
  'SELF-STOP': {
    kinds: ['block'],
    title: 'Self-injection suspended',
    summary: 'An adverse event or lapsed training suspends the approval.',
    from: [`${STABLE_QUESTIONS} What are the red flags`],
    parameters: ['selfTrainingMonths'],
  },
};
