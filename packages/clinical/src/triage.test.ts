import { type Assessment, DISTRIBUTIONS, EVENT_COURSES, MOTORS, ONSETS, SITE_FINDINGS } from './facts.js';
import { FOOT_DROP, REASSURING, UNANSWERED } from './patient.fixture.js';
import { triage } from './triage.js';

const LEVELS = ['benign', 'suspected-injury', 'urgent', 'emergency'];

function* everyAssessment(): Generator<Assessment> {
  for (const onset of [null, ...ONSETS])
    for (const distribution of [null, ...DISTRIBUTIONS])
      for (const motor of [null, ...MOTORS])
        for (const radiatingPain of [null, true, false])
          for (const lossOfConsciousness of [null, true, false])
            for (const course of [null, ...EVENT_COURSES])
              for (const siteFindings of [null, [], ...SITE_FINDINGS.map((found) => [found])])
                yield { onset, distribution, motor, radiatingPain, lossOfConsciousness, course, siteFindings };
}

describe('triage', () => {
  it('a mild, isolated numbness that improves within hours is benign: no hold, no restriction, warm compresses', () => {
    expect(triage(REASSURING, 'deltoid-left')).toMatchObject({
      level: 'benign',
      severity: 'mild',
      mechanism: 'inflammatory',
      holdIm: false,
      restrictLimb: false,
      advice: ['AE-WARM'],
      missing: [],
      suspectedNerves: ['radial', 'axillary'],
    });
  });

  it('an immediate numbness with foot drop is urgent, a direct trauma of the sciatic nerve, and stops IM', () => {
    const outcome = triage(FOOT_DROP, 'dorsogluteal-left');
    expect(outcome).toMatchObject({
      level: 'urgent',
      severity: 'moderate-severe',
      mechanism: 'direct-trauma',
      holdIm: true,
      restrictLimb: true,
      suspectedNerves: ['sciatic'],
    });
    expect(outcome.ruleIds).toEqual(expect.arrayContaining(['AE-URGENT', 'HOLD-IM', 'HOLD-LIMB', 'AE-NODISMISS']));
    expect(outcome.advice).toEqual(['AE-PAIN', 'AE-EXAM', 'NI-BLOCK']);
  });

  it('weakness that appears days later is urgent all the same', () => {
    expect(triage({ ...REASSURING, onset: 'days', motor: 'weakness' }, 'deltoid-left').level).toBe('urgent');
  });

  it('shooting pain within minutes is urgent; hours later it is a suspected injury', () => {
    expect(triage({ ...REASSURING, onset: 'seconds-to-minutes', radiatingPain: true }, null).level).toBe('urgent');
    expect(triage({ ...REASSURING, radiatingPain: true }, null).level).toBe('suspected-injury');
  });

  it('fainting is an emergency beside the nerve pathway', () => {
    const outcome = triage({ ...FOOT_DROP, lossOfConsciousness: true }, 'ventrogluteal-left');
    expect(outcome.level).toBe('emergency');
    expect(outcome.ruleIds).toEqual(expect.arrayContaining(['AE-SYSTEMIC', 'AE-URGENT', 'HOLD-IM']));
  });

  it('nothing answered: everything is missing, nothing is ruled out', () => {
    expect(triage(UNANSWERED, null)).toMatchObject({
      level: 'suspected-injury',
      severity: 'undetermined',
      mechanism: 'undetermined',
      holdIm: true,
      restrictLimb: false,
      suspectedNerves: [],
      missing: ['onset', 'distribution', 'motor', 'radiatingPain', 'lossOfConsciousness', 'course', 'siteFindings'],
    });
  });

  it('a swollen site suggests imaging and is not benign', () => {
    expect(triage({ ...REASSURING, siteFindings: ['swelling'] }, null)).toMatchObject({
      level: 'suspected-injury',
      imagingSuggested: true,
    });
  });

  it('over every combination of answers', () => {
    let seen = 0;
    for (const assessment of everyAssessment()) {
      const outcome = triage(assessment, 'vastus-lateralis-left');
      seen += 1;
      const motorDeficit = assessment.motor === 'weakness' || assessment.motor === 'foot-or-wrist-drop';
      const systemic = assessment.lossOfConsciousness === true || assessment.distribution === 'diffuse';
      const ok =
        outcome.holdIm === (outcome.level !== 'benign') &&
        outcome.restrictLimb === outcome.holdIm &&
        (!motorDeficit || outcome.level === 'urgent' || outcome.level === 'emergency') &&
        outcome.ruleIds.includes('AE-URGENT') ===
          (motorDeficit || (assessment.onset === 'seconds-to-minutes' && assessment.radiatingPain === true)) &&
        systemic === (outcome.level === 'emergency') &&
        (outcome.level !== 'benign' ||
          (outcome.missing.length === 0 && outcome.severity === 'mild' && assessment.course === 'improving')) &&
        new Set(outcome.ruleIds).size === outcome.ruleIds.length;
      if (!ok) throw new Error(JSON.stringify({ assessment, outcome }));
      // Taking an answer away never makes the outcome more reassuring than the worst that answer could have been.
      for (const question of Object.keys(assessment) as (keyof Assessment)[]) {
        const open = triage({ ...assessment, [question]: null }, 'vastus-lateralis-left');
        if (open.level === 'benign') throw new Error(`benign without ${question}`);
        if (outcome.level === 'benign' && LEVELS.indexOf(open.level) <= 0) throw new Error(`lowered without ${question}`);
      }
    }
    expect(seen).toBe(4 * 4 * 4 * 3 * 3 * 4 * 6);
  });
});
