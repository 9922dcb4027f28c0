import type { ReactionRuleId, RuleEntry } from './rule-types.js';

/** Sections A and B of the protocol: numbness after an injection, its clock, and what it does to further injections. */
export const REACTION_RULES: Readonly<Record<ReactionRuleId, RuleEntry>> = {
  'AE-ASSESS': {
    kinds: ['derive'],
    title: 'Assess every numbness',
    summary:
      'Onset, distribution, motor function, radiating pain, consciousness, course and the site are asked for. What was not answered is shown as missing and never read as "no".',
    from: ['S0 | Critical Clinical Evaluation | Distribution of numbness', 'S1 | Clinical Decision Algorithm | Assess timing'],
  },
  'AE-SYSTEMIC': {
    kinds: ['alert'],
    title: 'Suspected systemic reaction',
    summary: 'Loss of consciousness or diffuse numbness is an emergency in addition to a possible nerve injury.',
    from: ['S0 | Critical Clinical Evaluation | Distribution of numbness', 'S0 | Critical Clinical Evaluation | Associated symptoms'],
  },
  'AE-URGENT': {
    kinds: ['alert'],
    title: 'Likely direct nerve injury',
    summary:
      'Onset within minutes with radiating pain, or a motor deficit at any time, needs urgent evaluation. Worsening at an examination raises it again.',
    from: ['S1 | Clinical Decision Algorithm | If numbness appears within seconds'],
  },
  'AE-SEVERITY': {
    kinds: ['derive'],
    title: 'Severity of the numbness',
    summary:
      'Mild is localized without motor deficit; an extensive distribution, weakness or persistence makes it moderate to severe. It stays undetermined until the answers are known.',
    from: ['S0 | Immediate Management Steps | For Mild Numbness', 'S0 | Immediate Management Steps | For Moderate to Severe Numbness'],
  },
  'AE-BENIGN': {
    kinds: ['derive', 'schedule'],
    title: 'Benign course likely',
    summary:
      'A mild, isolated numbness without motor signs that already improves in the first hours is watched until it is recorded as resolved.',
    from: ['S1 | Clinical Decision Algorithm | If numbness is mild'],
  },
  'AE-INFLAMMATORY': {
    kinds: ['derive'],
    title: 'Inflammatory compression likely',
    summary: 'Symptoms that begin hours or days after the injection point to compression by inflamed tissue rather than to the needle.',
    from: ['S0 | Critical Clinical Evaluation | Timing'],
  },
  'AE-MASS': {
    kinds: ['alert'],
    title: 'Possible hematoma or abscess',
    summary: 'Swelling, warmth, redness or a mass at the site: consider ultrasound or MRI.',
    from: ['S0 | Critical Clinical Evaluation | Injection site examination', 'S0 | Immediate Management Steps | Consider imaging'],
  },
  'AE-NERVE': {
    kinds: ['derive'],
    title: 'Suspected nerve',
    summary:
      'The site names the nerve: buttock – sciatic; upper arm – radial, with the axillary nearby; thigh – lateral femoral cutaneous or femoral.',
    from: ['S1 | Warning Signs of Nerve Injury | The sciatic nerve is the most commonly'],
  },
  'AE-EXAM': {
    kinds: ['derive'],
    title: 'Focused examination',
    summary:
      'Sciatic: foot dorsiflexion and plantarflexion. Radial: wrist and finger extension. Strength 0–5 (MRC), sensory map, pain 0–10.',
    from: ['S1 | Clinical Decision Algorithm | Test motor strength'],
  },
  'AE-WARM': {
    kinds: ['inform'],
    title: 'Warm compresses',
    summary: 'For a mild event, warmth at the site may ease the local inflammation.',
    from: ['S0 | Immediate Management Steps | Apply warm compresses'],
  },
  'AE-PAIN': {
    kinds: ['inform'],
    title: 'Neuropathic pain',
    summary: 'For a moderate or severe event, a gabapentinoid may be considered until the specialist sees the patient.',
    from: [
      'S0 | Immediate Management Steps | Prescribe neuropathic pain',
      'S1 | Management Based on Severity | Drug treatment for neuropathic pain',
    ],
  },
  'AE-NODISMISS': {
    kinds: ['block'],
    title: 'Motor deficit is not benign',
    summary: 'An event with weakness or a foot or wrist drop cannot be closed as benign.',
    from: ['S1 | Clinical Decision Algorithm | If numbness is mild'],
  },
  'NI-24H': {
    kinds: ['schedule', 'alert'],
    title: 'Re-examine at 24 hours',
    summary: 'The sensory deficit is mapped again and compared: has it spread?',
    from: ['S1 | Clinical Decision Algorithm | Document sensory deficits'],
  },
  'NI-48H': {
    kinds: ['schedule', 'alert'],
    title: 'Neurology referral at 48 hours',
    summary:
      'Symptoms that last 48 hours need a neurologist and planned electrodiagnostic studies; a moderate or severe event is referred at once, and that is overdue at 48 hours.',
    from: [
      'S0 | Immediate Management Steps | Immediate neurological consultation',
      'S1 | Clinical Decision Algorithm | Document sensory deficits',
    ],
    conflict: 'electrodiagnosis-timing',
  },
  'NI-2W': {
    kinds: ['schedule', 'alert'],
    title: 'Neurological evaluation at two weeks',
    summary:
      'Numbness that is still there after two weeks must be evaluated. The alert can be completed or overridden by a physician, not dismissed.',
    from: ['S0 | Common Pitfalls to Avoid | Do not dismiss persistent numbness'],
  },
  'NI-4W': {
    kinds: ['schedule', 'alert'],
    title: 'End of the usual recovery',
    summary: 'Mild injuries have usually recovered within four weeks; one that has not is triaged again as persistent.',
    from: ['S0 | Expected Outcomes | Mild nerve irritation'],
  },
  'NI-6W': {
    kinds: ['schedule', 'alert'],
    title: 'Possible permanent injury',
    summary: 'Symptoms beyond four to six weeks may stay: agree on a plan for ongoing care.',
    from: ['S0 | Expected Outcomes | Persistent symptoms beyond'],
  },
  'NI-EMG60': {
    kinds: ['schedule', 'alert'],
    title: 'Electrodiagnostic study at 60 days',
    summary: 'The study that counts is made from day 60. An earlier one is kept, may reassure falsely, and does not close this step.',
    from: [
      'S1 | Clinical Decision Algorithm | Early EMG (before 60 days)',
      'S1 | Clinical Decision Algorithm | Obtain electrodiagnostic studies',
    ],
    conflict: 'electrodiagnosis-timing',
  },
  'NI-SURG': {
    kinds: ['schedule', 'alert'],
    title: 'Surgical window closes at three months',
    summary: 'Exploration with neurolysis is reported to help within three months of the injury: decide before then.',
    from: ['S1 | Management Based on Severity | Surgical exploration'],
  },
  'NI-BLOCK': {
    kinds: ['inform'],
    title: 'Transsacral block',
    summary: 'For a sciatic injury within weeks, a block with methylprednisolone may be considered; the evidence is one small series.',
    from: ['S1 | Management Based on Severity | Consider transsacral nerve block'],
    parameters: ['transsacralBlockDays'],
  },
  'HOLD-IM': {
    kinds: ['block'],
    title: 'IM injections on hold',
    summary: 'A suspected nerve injury stops IM vitamin injections at once, until a physician decides to continue them.',
    from: ['S0 | Immediate Management Steps | Stop all intramuscular', 'S0 | Common Pitfalls to Avoid | Do not continue IM injections'],
    conflict: 'stop-or-continue',
  },
  'HOLD-LIMB': {
    kinds: ['block'],
    title: 'Affected limb restricted',
    summary:
      'The limb of a suspected injury takes no IM injection any more, also after the hold. A restriction entered by hand works the same way.',
    from: ['S0 | Immediate Management Steps | Document the event'],
  },
  'HOLD-DECIDE': {
    kinds: ['alert'],
    title: 'Route decision due',
    summary: 'A physician decides how B12 goes on: by mouth, IM elsewhere with a reason, or not at all with a reason.',
    from: [
      'S0 | Transition to Oral Vitamin Supplementation | Only patients with severe malabsorption',
      'S3 | Critical Pitfalls to Avoid | Do not stop injections',
      'S4 | Maintenance Therapy | Patients must understand',
    ],
    parameters: ['routeDecisionHours'],
    conflict: 'stop-or-continue',
  },
  'HOLD-GAP': {
    kinds: ['alert'],
    title: 'No B12 during the hold',
    summary: 'When the next dose would have been due, or after a few days, and no replacement is recorded, the physician is told.',
    from: ['S3 | Critical Pitfalls to Avoid | Do not stop injections', 'S4 | Maintenance Therapy | Patients must understand'],
    parameters: ['holdGapDays'],
    conflict: 'stop-or-continue',
  },
};
