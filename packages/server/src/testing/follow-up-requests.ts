// Valid requests for what is followed up beside doses and results: scores, rule-outs, pain plans, self-injection, the work-up.
import {
  applyForSelfInjection,
  approveSelfInjection,
  recordPainPlan,
  recordRuleOut,
  recordSymptomScore,
  recordTraining,
  type SelfInjectionProgramme,
} from '@vastus/contract';
import * as build from './build.js';
import { GIVEN_AT, type Scene } from './scene.js';

const REASON = 'a reason that is long enough';
const SCORE = { scoredAt: '2026-11-19T09:00:00.000Z', pain: 3, sensory: 2, motor: 0, note: 'after the walk' };
const RULE_OUT = { item: 'thyroid' as const, finding: 'TSH 1.9 mU/L', doneOn: '2026-11-10' };
const PAIN_PLAN = { drug: 'pregabalin' as const, dose: 300, since: '2026-11-10', until: '2027-01-10', note: 'in two doses' };
export const PICTURE = { lowB12: true, symptoms: true, neurologicalSigns: false, anemiaOrMacrocytosis: true, malabsorptionRisk: false };
/** Nothing speaks against it, everything is written down. */
export const APPLICATION = {
  exclusions: {
    'needle-phobia': false,
    'tremor-or-poor-coordination': false,
    'no-sterile-technique': false,
    'no-sharps-disposal': false,
    'rapid-neurological-progression': false,
    'skin-disease-at-site': false,
  },
  plan: {
    'dosing-plan': '1 mg every two months',
    'laboratory-plan': 'B12, homocysteine and MMA at 3, 6 and 12 months',
    'red-flags': 'numbness, weakness, fever, a hot swelling',
    'planned-duration': 'one year, then a new look at it',
  },
  plannedUntil: '2027-11-20',
};
const TRAINING = {
  items: (['needle-and-site', 'depth-and-angle', 'comfort', 'sharps-disposal', 'recognizing-reactions'] as const).map((item) => ({
    item,
    injectionId: null,
  })),
  trainedOn: '2026-11-18',
  observedBy: 'Sister Hildegard',
};

const patientOf = async (scene: Scene) => ({ patientId: (await scene.treated()).patient.id });
const courseOf = async (scene: Scene) => (await scene.treated()).course.id;

async function scored(scene: Scene) {
  return (await scene.clinic.nurse.ok(recordSymptomScore, { params: await patientOf(scene), body: SCORE })).score.id;
}
async function ruledOut(scene: Scene) {
  return (await scene.clinic.nurse.ok(recordRuleOut, { params: await patientOf(scene), body: RULE_OUT })).ruleOut.id;
}
async function planned(scene: Scene) {
  return (await scene.clinic.nurse.ok(recordPainPlan, { params: await patientOf(scene), body: PAIN_PLAN })).painPlan.id;
}

/** Applied, trained, the first dose observed: what only a physician's word is missing from. */
async function prepared({ clinic }: Scene): Promise<{ patientId: string; programme: SelfInjectionProgramme }> {
  const { patient, course, injection } = await build.treated(clinic, GIVEN_AT);
  const params = { patientId: patient.id };
  await clinic.nurse.ok(applyForSelfInjection, { params, body: { courseId: course.id, ...APPLICATION } });
  const items = [...TRAINING.items, { item: 'observed-dose' as const, injectionId: injection.id }];
  const { programme } = await clinic.nurse.ok(recordTraining, { params, body: { courseId: course.id, ...TRAINING, items } });
  return { patientId: patient.id, programme };
}

async function approved(scene: Scene): Promise<string> {
  const { patientId, programme } = await prepared(scene);
  const body = { courseId: programme.courseId };
  const { programme: now } = await scene.clinic.physician.ok(approveSelfInjection, { params: { patientId }, body });
  return now.approvals[0]!.id;
}

export const FOLLOW_UP_REQUESTS = {
  recordSymptomScore: async (scene: Scene) => ({ params: await patientOf(scene), body: SCORE }),
  amendSymptomScore: async (scene: Scene) => ({
    params: { scoreId: await scored(scene) },
    body: { ...SCORE, pain: 4, amendReason: REASON },
  }),
  voidSymptomScore: async (scene: Scene) => ({ params: { scoreId: await scored(scene) }, body: { reason: REASON } }),
  recordRuleOut: async (scene: Scene) => ({ params: await patientOf(scene), body: RULE_OUT }),
  amendRuleOut: async (scene: Scene) => ({ params: { ruleOutId: await ruledOut(scene) }, body: { ...RULE_OUT, amendReason: REASON } }),
  voidRuleOut: async (scene: Scene) => ({ params: { ruleOutId: await ruledOut(scene) }, body: { reason: REASON } }),
  recordPainPlan: async (scene: Scene) => ({ params: await patientOf(scene), body: PAIN_PLAN }),
  amendPainPlan: async (scene: Scene) => ({ params: { painPlanId: await planned(scene) }, body: { ...PAIN_PLAN, amendReason: REASON } }),
  voidPainPlan: async (scene: Scene) => ({ params: { painPlanId: await planned(scene) }, body: { reason: REASON } }),

  readSelfInjection: async (scene: Scene) => ({ params: await patientOf(scene) }),
  applyForSelfInjection: async (scene: Scene) => ({
    params: await patientOf(scene),
    body: { courseId: await courseOf(scene), ...APPLICATION },
  }),
  recordTraining: async (scene: Scene) => ({ params: await patientOf(scene), body: { courseId: await courseOf(scene), ...TRAINING } }),
  voidTraining: async (scene: Scene) => {
    const { programme } = await prepared(scene);
    return { params: { trainingId: programme.training[0]!.id }, body: { reason: REASON } };
  },
  approveSelfInjection: async (scene: Scene) => {
    const { patientId, programme } = await prepared(scene);
    return { params: { patientId }, body: { courseId: programme.courseId, overrideReason: REASON } };
  },
  endSelfInjection: async (scene: Scene) => ({ params: { approvalId: await approved(scene) }, body: { reason: REASON } }),

  recordWorkUp: async (scene: Scene) => ({
    params: { courseId: await scene.newCourse() },
    body: {
      cause: 'diet' as const,
      deficiencyPicture: PICTURE,
    },
    headers: { 'if-match': '"1"' },
  }),
  explainWhyNot: async (scene: Scene) => ({ params: await patientOf(scene), query: { rule: 'MON-3-6-12' as const } }),
};
