// Every rule of the register is shown to work through HTTP by at least one scenario, named as a clinician would say it. The table says
// which; a rule without a line, and a line whose scenario is gone, fail here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES, type RuleId } from '@vastus/clinical';

const REACTIONS = 'rules/reactions.test.ts';
const TREATMENT = 'rules/treatment.test.ts';
const MONITORING = 'rules/monitoring.test.ts';
const SELF_INJECTION = 'rules/self-injection.test.ts';
const EVENTS = 'modules/adverse-events/adverse-events.test.ts';
const WORKLIST = 'modules/worklist/worklist.test.ts';
const INJECTIONS = 'modules/injections/injections.test.ts';
const COURSES = 'modules/courses/courses.test.ts';
const HOLDS = 'modules/patients/holds.test.ts';
const ALERTS = 'modules/alerts/alerts.test.ts';
const RESULTS = 'modules/lab-results/lab-results.test.ts';

type Scenario = readonly [file: string, name: string];
const CLOCK: Scenario = [REACTIONS, '%s is due while symptoms last, from its day on'];
const HOURS: Scenario = [REACTIONS, '%s: nothing one minute before, an alert at the minute'];
const NEXT_DOSE: Scenario = [TREATMENT, '%s: when the next dose is due'];

const SCENARIOS: Readonly<Record<RuleId, readonly Scenario[]>> = {
  'AE-ASSESS': [[REACTIONS, 'answers that were not given are shown as missing and lower nothing']],
  'AE-SYSTEMIC': [
    [REACTIONS, 'diffuse numbness is a systemic reaction: an emergency on the physician’s list at once'],
    [EVENTS, 'fainting is an emergency beside the nerve pathway, and a missing answer is never “no”'],
  ],
  'AE-URGENT': [
    [EVENTS, 'immediate numbness with foot drop: urgent alert, hold, closed limb and the whole clock, in one answer'],
    [EVENTS, 'resolved ends the clock, worsening raises the urgency again'],
  ],
  'AE-SEVERITY': [
    [REACTIONS, 'onset after hours means inflammation; localized without a motor deficit is mild, warm compresses are named'],
  ],
  'AE-BENIGN': [[EVENTS, 'mild, isolated and improving is benign: no hold, no closed limb, and still followed']],
  'AE-INFLAMMATORY': [
    [REACTIONS, 'onset after hours means inflammation; localized without a motor deficit is mild, warm compresses are named'],
  ],
  'AE-MASS': [[REACTIONS, 'a swollen, warm site asks for imaging']],
  'AE-NERVE': [
    [REACTIONS, 'numbness of the arm after a deltoid injection: the radial nerve'],
    [EVENTS, 'when the injection’s site is corrected, the nerve and the closed limb follow'],
  ],
  'AE-EXAM': [[REACTIONS, 'foot drop after a buttock injection: sciatic nerve, what to examine, pain treatment and block are named']],
  'AE-WARM': [[REACTIONS, 'onset after hours means inflammation; localized without a motor deficit is mild, warm compresses are named']],
  'AE-PAIN': [[REACTIONS, 'foot drop after a buttock injection: sciatic nerve, what to examine, pain treatment and block are named']],
  'AE-NODISMISS': [[REACTIONS, 'a foot drop is not closed as harmless: its alert stays, and “resolved” has to say that strength is back']],
  'NI-24H': [HOURS, [EVENTS, 'the clock counts from the onset, not from the report']],
  'NI-48H': [HOURS],
  'NI-2W': [CLOCK, [EVENTS, 'an alert of two weeks cannot be dismissed; the route decision closes its own alert and nothing else does']],
  'NI-4W': [CLOCK, [REACTIONS, 'a recovered patient is asked nothing any more, and the explanation says why']],
  'NI-6W': [CLOCK],
  'NI-EMG60': [CLOCK, [REACTIONS, 'a study before day 60 stays on record and never closes the one that counts']],
  'NI-SURG': [CLOCK],
  'NI-BLOCK': [[REACTIONS, 'foot drop after a buttock injection: sciatic nerve, what to examine, pain treatment and block are named']],
  'HOLD-IM': [
    [INJECTIONS, 'after an injury the hold stops every intramuscular dose'],
    [EVENTS, 'a voided event takes its clock, its hold and its restriction with it, and says so'],
  ],
  'HOLD-LIMB': [
    [REACTIONS, 'the injured limb stays closed after injections go on elsewhere'],
    [HOLDS, 'HOLD-LIMB: a limb closed by an event is not opened by hand, only with the event'],
  ],
  'HOLD-DECIDE': [
    [HOLDS, 'continuing elsewhere lifts the hold and stays on record'],
    [REACTIONS, 'the route is held, the treatment is not: a decision within a day, and no silent gap'],
  ],
  'HOLD-GAP': [[REACTIONS, 'the route is held, the treatment is not: a decision within a day, and no silent gap']],
  'SITE-RANK': [
    [TREATMENT, 'the advisor puts the ventrogluteal site first and the dorsogluteal one last; what was used lately rests'],
    [TREATMENT, 'more than a millilitre is too much for the deltoid'],
  ],
  'SITE-DG': [
    [INJECTIONS, 'dorsogluteal is refused'],
    [INJECTIONS, 'a physician overrides with a reason, a nurse cannot'],
  ],
  'SITE-ROTATE': [[TREATMENT, 'the advisor puts the ventrogluteal site first and the dorsogluteal one last; what was used lately rests']],
  'SITE-SKIN': [[TREATMENT, 'a site with a rash is not offered, and an injection into it is refused']],
  'TECH-ASPIRATE': [[TREATMENT, 'aspiration and needle are kept with the dose as they were']],
  'TECH-NEEDLE': [[TREATMENT, 'aspiration and needle are kept with the dose as they were']],
  'TECH-SC': [[TREATMENT, 'a product for the muscle is not given under the skin']],
  'DX-START': [[COURSES, 'DX-START: nothing is asked of the laboratory first; DX-CAUSE: an unknown cause stays on the worklist']],
  'DX-SEVERE': [[TREATMENT, 'severe is a picture: a low B12 with symptoms, whatever else is not known yet']],
  'DX-CAUSE': [[TREATMENT, 'an open cause stays on the worklist, low, until somebody records it']],
  'DX-3MO': [[TREATMENT, 'symptoms for more than three months before the start threaten to stay']],
  'RX-LOAD-NEURO': [
    NEXT_DOSE,
    [TREATMENT, 'six doses in two weeks end loading by themselves; alternate days go on until somebody says so'],
    [COURSES, 'RX-LOAD-NEURO ends by a statement, once; then maintenance is due'],
  ],
  'RX-LOAD-NEURO-ALT': [NEXT_DOSE],
  'RX-LOAD-PLAIN': [
    NEXT_DOSE,
    [TREATMENT, 'six doses in two weeks end loading by themselves; alternate days go on until somebody says so'],
  ],
  'RX-METHYL': [NEXT_DOSE],
  'RX-MAINT': [NEXT_DOSE, [TREATMENT, 'the window follows the last dose given; one that is reported late is placed where it was given']],
  'RX-LIFELONG': [[COURSES, 'RX-LIFELONG: %s is no reason, unless a physician writes why']],
  'RX-OVERDUE': [
    [TREATMENT, 'a maintenance dose is late for the nurse after a week, for the physician after four'],
    [INJECTIONS, 'a voided dose brings back the overdue alert it had closed'],
  ],
  'RX-EARLY': [[INJECTIONS, 'too early and the same site again are warnings that are kept with the dose']],
  'RX-RENAL': [
    [TREATMENT, 'kidneys that begin to fail during a cyanocobalamin course: an alert from that day, and the next dose is refused'],
    [TREATMENT, 'the renal flag counts from the day it was set, and is gone when it is taken back'],
    [COURSES, '%s refuses the start'],
  ],
  'RX-ORAL-NEURO': [
    [HOLDS, 'RX-ORAL-NEURO: tablets while loading with neuropathy need the physician’s reason'],
    [REACTIONS, 'tablets are no question once loading has ended'],
  ],
  'RX-FOLATE': [
    [TREATMENT, 'folic acid ahead of the first B12 is refused; a physician answers for it, and the trail keeps the answer'],
    [TREATMENT, 'folic acid at registration is asked about in the same way, and waits on the list until B12 is given'],
  ],
  'RX-VITD': [
    [TREATMENT, 'vitamin A into the muscle is given with a word about tablets, vitamin D without malabsorption not at all'],
    [COURSES, '%s refuses the start'],
  ],
  'RX-VITA': [[TREATMENT, 'vitamin A into the muscle is given with a word about tablets, vitamin D without malabsorption not at all']],
  'RX-ALLERGY': [[INJECTIONS, 'cyanocobalamin is refused once renal dysfunction is known, an allergy stops every cobalamin']],
  'RX-EXPIRED': [[INJECTIONS, 'a lot past its expiry or recalled is refused']],
  'RX-COURSE': [[TREATMENT, 'nobody is injected after death or under a course that ended']],
  'RX-OBSERVE': [[WORKLIST, 'a dose given today says until when the patient is observed; a dose at home does not']],
  'REC-TRUTH': [
    [INJECTIONS, 'a dose already given against a stop is the truth: recorded, counted, and on the physician’s list'],
    [INJECTIONS, 'the database itself refuses a blocked injection that nobody answered for'],
  ],
  'MON-BASE': [[MONITORING, 'a missing baseline is asked for with the first dose and never delays it']],
  'MON-K48': [[MONITORING, 'no potassium after 48 hours is an alert, a low one an urgent alert that nobody dismisses']],
  'MON-RETIC': [
    [MONITORING, 'after anemia, hematocrit and reticulocytes are drawn on days 5, 6 and 7 and then weekly until the blood is normal'],
  ],
  'MON-3-6-12': [
    [RESULTS, 'the three-month check names what is missing and closes when the last result arrives'],
    [ALERTS, 'three, six and twelve months and then every year: one alert each, however often the job runs'],
  ],
  'MON-ANNUAL': [[ALERTS, 'three, six and twelve months and then every year: one alert each, however often the job runs']],
  'MON-Q3': [[MONITORING, 'every three months instead of 3, 6 and 12, where the plan says so']],
  'MON-SATISFY': [
    [MONITORING, 'B12 came and MMA did not: still open, naming MMA; a result from before the window is named and does not count'],
    [RESULTS, 'a withdrawn or corrected result takes back what it had closed: the same alert opens again'],
    [RESULTS, 'a result from before the window does not count'],
  ],
  'MON-HCY': [[MONITORING, 'homocysteine that is not at target, and B12 that did not rise, are brought to the physician']],
  'MON-NORESP': [[MONITORING, 'homocysteine that is not at target, and B12 that did not rise, are brought to the physician']],
  'MON-NEURO': [[MONITORING, 'a dose without its neurological baseline is taken and asks for it']],
  'MON-RELAPSE': [
    [MONITORING, 'who was stable and is two points worse is brought to the physician; better again, the alert closes'],
    [MONITORING, 'the pain asked before each needle is a point of the same curve'],
  ],
  'MON-TIMELINE': [[MONITORING, 'what is to be expected is drawn beside it, counted from the first dose']],
  'MON-RULEOUT': [
    [MONITORING, 'the list of other causes stays open, low, until the last one is ticked off; one taken back opens it again'],
  ],
  'MON-RISK': [[MONITORING, 'risk groups come from the record and from the cause of the course']],
  'PAIN-PLAN': [[MONITORING, 'a pain plan is recorded beside the ranges of the sources: above them it is marked, and nothing stops it']],
  'SELF-ELIG': [
    [SELF_INJECTION, 'a tremor refuses approval; a physician may judge otherwise with a reason, a nurse may not approve at all'],
  ],
  'SELF-STABLE': [[SELF_INJECTION, 'while loading, with an unknown cause and no written plan, nobody injects at home']],
  'SELF-TRAIN': [[SELF_INJECTION, 'training is kept item by item; without the observed first dose no reason helps']],
  'SELF-LOG': [
    [SELF_INJECTION, 'a home dose is kept as reported by the patient and moves the schedule; one that is not reported is overdue like any'],
  ],
  'SELF-STOP': [
    [SELF_INJECTION, 'an adverse event suspends the approval at once'],
    [SELF_INJECTION, 'training lapses after twelve months; trained again, a physician approves again'],
  ],
};

/** The name as the first argument of a call; that no test is switched off is a house rule of its own. */
function isThere([file, name]: Scenario): boolean {
  const text = readFileSync(path.join(__dirname, file), 'utf8');
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((literal) => new RegExp(`\\(\\s*${escaped(literal)}\\s*,`).test(text));
}
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('every rule of the register has a scenario through HTTP', () => {
  const without = (Object.keys(RULES) as RuleId[]).filter((ruleId) => (SCENARIOS[ruleId] ?? []).length === 0);
  expect(without).toEqual([]);
  expect(Object.keys(SCENARIOS).filter((ruleId) => !(ruleId in RULES))).toEqual([]);
});

test('every scenario of the table is a test of its file', () => {
  const gone = Object.entries(SCENARIOS).flatMap(([ruleId, scenarios]) =>
    scenarios.filter((scenario) => !isThere(scenario)).map(([file, name]) => `${ruleId}: ${file}: ${name}`),
  );
  expect(gone).toEqual([]);
  expect(isThere([REACTIONS, 'a scenario nobody wrote'])).toBe(false);
});
