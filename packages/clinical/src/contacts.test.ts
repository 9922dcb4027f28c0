import fc from 'fast-check';
import { addDays } from './calendar.js';
import { checkContact, contactStanding, type ProposedContact } from './contacts.js';
import { CONTACT_OUTCOMES, type ContactAttemptFacts, type PatientFacts } from './facts.js';
import { deriveObligations } from './obligations.js';
import { observationEndsAt } from './observation.js';
import { at, course, dose, patient, profile } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';

const call = (on: string, outcome: ContactAttemptFacts['outcome'], more: Partial<ContactAttemptFacts> = {}): ContactAttemptFacts => ({
  id: `call-${on}-${outcome}`,
  courseId: 'course',
  attemptedAt: at(on),
  outcome,
  on: null,
  declineReason: null,
  ...more,
});
const derive = (contactAttempts: ContactAttemptFacts[], more: Partial<PatientFacts> = {}) =>
  deriveObligations(patient({ injections: [dose('2026-01-05')], contactAttempts, ...more }), DEFAULT_PROTOCOL);
const physician = (derived: ReturnType<typeof derive>, after = 'dose-2026-01-05') =>
  derived.milestones.find(({ key }) => key === `RX-OVERDUE/course/after:${after}/physician`);

describe('what was said on the phone about the next dose', () => {
  it('the last word counts, whoever was told before', () => {
    const calls = [call('2026-03-12', 'call-again', { on: '2026-03-13' }), call('2026-03-13', 'will-come', { on: '2026-03-16' })];
    expect(derive(calls).courses['course']?.contact).toMatchObject({ outcome: 'will-come', on: '2026-03-16' });
    expect(derive(calls.toReversed()).courses['course']?.contact?.on).toBe('2026-03-16');
  });

  it('a wrong number told nobody anything: what was agreed before still stands', () => {
    const calls = [call('2026-03-12', 'will-come', { on: '2026-03-20' }), call('2026-03-14', 'wrong-number')];
    expect(derive(calls).courses['course']?.contact?.outcome).toBe('will-come');
  });

  it('it counts until the dose is given, and speaks of no other course', () => {
    const calls = [call('2026-03-12', 'declined', { declineReason: 'afraid' })];
    const given = { injections: [dose('2026-01-05'), dose('2026-03-13', { site: 'deltoid-left' })] };
    expect(derive(calls, given).courses['course']?.contact).toBeNull();
    const sameDay = { injections: [dose('2026-01-05'), dose('2026-03-12', { givenAt: at('2026-03-12', '07:00'), site: 'deltoid-left' })] };
    expect(derive(calls, sameDay).courses['course']?.contact).toBeNull();
    const other = { courses: [course(), course({ id: 'other' })] };
    expect(derive(calls, other).courses['other']?.contact).toBeNull();
  });

  it('nothing is agreed with the dead or about an ended course', () => {
    const calls = [call('2026-03-12', 'will-come', { on: '2026-03-20' })];
    expect(derive(calls, { patient: profile({ deceasedOn: '2026-03-13' }) }).courses['course']?.contact).toBeNull();
    expect(derive(calls, { courses: [course({ endedOn: '2026-03-13' })] }).courses['course']?.contact).toBeNull();
  });
});

describe('RX-OVERDUE and the phone', () => {
  it('a declined dose is the physician’s at once, with the reason, before anything is overdue', () => {
    const declined = derive([call('2026-02-20', 'declined', { declineReason: 'side-effects' })]);
    expect(physician(declined)).toMatchObject({
      opensAt: at('2026-02-20'),
      met: false,
      facts: { contactOutcome: 'declined', contactedOn: '2026-02-20', declineReason: 'side-effects' },
    });
  });

  it('a loading dose has no alert for a physician of its own, and gets one when it is declined', () => {
    const loading = { courses: [course({ regimen: 'loading-alternate-days', neurologicalInvolvement: true })] };
    expect(physician(derive([], loading))).toBeUndefined();
    expect(physician(derive([call('2026-01-06', 'declined', { declineReason: 'afraid' })], loading))).toMatchObject({
      opensAt: at('2026-01-06'),
    });
  });

  it('somebody who is treated elsewhere is the physician’s, too: only a physician ends the course', () => {
    expect(physician(derive([call('2026-02-20', 'transferred')]))?.facts['contactOutcome']).toBe('transferred');
  });

  it('a day agreed on changes no alert: the nurse’s and the physician’s come when they would have come', () => {
    const quiet = derive([]);
    const agreed = derive([call('2026-03-12', 'will-come', { on: '2026-05-20' })]);
    expect(agreed.milestones).toEqual(quiet.milestones);
  });

  it('a later agreement takes a decline back; a decline after the relapse date moves nothing', () => {
    const declined = call('2026-02-20', 'declined', { declineReason: 'afraid' });
    expect(physician(derive([declined, call('2026-02-22', 'will-come', { on: '2026-03-01' })]))).toEqual(physician(derive([])));
    const late = physician(derive([call('2026-06-20', 'declined', { declineReason: 'afraid' })]));
    expect(late?.opensAt).toBe(physician(derive([]))?.opensAt);
  });

  it('the dose that is given after all meets the alert', () => {
    const given = { injections: [dose('2026-01-05'), dose('2026-03-13', { site: 'deltoid-left' })] };
    const after = physician(derive([call('2026-02-20', 'declined', { declineReason: 'afraid' })], given));
    expect(after).toMatchObject({ met: true, metBy: ['dose-2026-03-13'], opensAt: at('2026-02-20') });
  });

  it('whatever is said, no alert of the nurse goes away', () => {
    const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-01-05', days));
    const calls = fc.array(fc.record({ day, outcome: fc.constantFrom(...CONTACT_OUTCOMES), ahead: fc.nat(30) }), { maxLength: 6 });
    const nurse = (derived: ReturnType<typeof derive>) => derived.milestones.filter(({ ownerRole }) => ownerRole === 'nurse');
    fc.assert(
      fc.property(calls, (made) => {
        const attempts = made.map(({ day: on, outcome, ahead }, index) =>
          call(on, outcome, {
            id: `call-${index}`,
            on: outcome === 'will-come' || outcome === 'call-again' ? addDays(on, ahead) : null,
            declineReason: outcome === 'declined' ? 'other' : null,
          }),
        );
        expect(nurse(derive(attempts))).toEqual(nurse(derive([])));
        const standing = contactStanding({ id: 'course' }, dose('2026-01-05'), null, patient({ contactAttempts: attempts }));
        expect(derive(attempts).courses['course']?.contact).toEqual(standing);
      }),
    );
  });
});

describe('a call as it is written down', () => {
  const said = (changes: Partial<ProposedContact>) =>
    checkContact(
      { outcome: 'will-come', on: null, declineReason: null, note: null, ...changes },
      { today: '2026-11-20', birthDate: '1960-05-17' },
    ).map(({ field, code }) => `${field} ${code}`);

  it.each([
    [{ on: '2026-11-20' }, []],
    [{ on: '2026-11-19' }, ['on past']],
    [{ on: null }, ['on required']],
    [{ on: '2027-05-21' }, ['on too-far-ahead']],
    [{ outcome: 'call-again' as const, on: '2026-11-20' }, ['on past']],
    [{ outcome: 'call-again' as const, on: '2026-11-21' }, []],
    [{ outcome: 'died' as const, on: '2026-11-20' }, []],
    [{ outcome: 'died' as const, on: '2026-11-21' }, ['on future']],
    [{ outcome: 'died' as const, on: '1960-05-16' }, ['on before-birth']],
    [{ outcome: 'declined' as const }, ['declineReason required']],
    [{ outcome: 'declined' as const, declineReason: 'other' as const }, ['note required']],
    [{ outcome: 'declined' as const, declineReason: 'other' as const, note: 'away for a year' }, []],
    [
      { outcome: 'wrong-number' as const, on: '2026-11-21', declineReason: 'afraid' as const },
      ['on not-allowed', 'declineReason not-allowed'],
    ],
    [{ outcome: 'transferred' as const }, []],
  ])('%j: %j', (changes, issues) => {
    expect(said(changes)).toEqual(issues);
  });
});

describe('RX-OBSERVE: observation after the dose', () => {
  it('counts from the dose; none where the clinic asks for none; a version signed before knows the default', () => {
    expect(observationEndsAt(at('2026-11-20', '09:00'), { ...DEFAULT_PROTOCOL, observationMinutes: 20 })).toBe(at('2026-11-20', '09:20'));
    expect(observationEndsAt(at('2026-11-20', '09:00'), DEFAULT_PROTOCOL)).toBe(at('2026-11-20', '09:15'));
    expect(observationEndsAt(at('2026-11-20', '09:00'), { ...DEFAULT_PROTOCOL, observationMinutes: 0 })).toBeNull();
  });
});
