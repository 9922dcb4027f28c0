/** Reporting a reaction, its triage, the nerve clock and the examinations. */
export const adverseEvents = {
  report: {
    title: 'Report a reaction', subtitle: 'What is not known stays open; it never counts as “no”.',
    what: 'Who, and after which injection', injection: 'Suspected injection', noInjection: 'Not recorded here', site: 'Site of that injection', siteHelp: 'Where it was given, if known',
    onsetAt: 'Began at', onsetHelp: 'The clock counts from here', atInjection: 'At the injection', justNow: 'Just now', afterInjection: '%{since} after the injection on %{on}',
    minutes: '%{smart_count} minute |||| %{smart_count} minutes', hours: '%{smart_count} hour |||| %{smart_count} hours',
    assessment: 'What is found', assessmentHelp: 'Ask and look; leave open what nobody knows', rest: 'In words, and for the report',
    narrative: 'What happened, in the patient’s words', grading: 'Grade, seriousness and causality', ctcae: 'CTCAE term', grade: 'Grade', serious: 'Serious',
    seriousHelp: 'Death, danger to life, hospital stay, lasting disability', causality: 'Causality (WHO-UMC)', record: 'Record reaction', recording: 'Recording…',
  },
  assess: { notKnown: 'Not known', notLooked: 'Not looked at', unremarkable: 'Unremarkable', seen: 'Seen at the site', notAnswered: 'not answered' },
  triage: {
    title: 'What it means', subtitle: 'Worked out from the answers; a clinician decides', level: 'Triage', nerves: 'At risk: %{nerves}',
    happens: 'When you record this', hold: 'IM injections of this patient stop until a physician decides', noHold: 'Injections may go on', limb: 'Closed for good: %{sites}',
    clock: 'Follow-ups', atOnce: 'at once', missing: 'Not answered:', missingHelp: 'A benign course needs every answer.', advice: 'Consider',
    rules: '%{smart_count} rule spoke |||| %{smart_count} rules spoke',
  },
  recorded: { title: 'Recorded: %{level}', open: 'Open the reaction' },
  clock: {
    title: 'Nerve clock', now: 'now', resolved: 'resolved', day: 'd%{day}', bar: 'Day %{day}; %{done} of %{all} follow-ups done', none: 'No follow-up is planned.', metOn: 'done %{on}', missing: 'missing: %{what}',
    state: { met: 'Done', overdue: 'Overdue', open: 'Open', planned: 'Planned', cancelled: 'Dropped' },
  },
  list: {
    title: 'Adverse events', patient: 'Patient', onset: 'Began', site: 'Site', level: 'Triage', severity: 'Severity', lot: 'Lot', outcome: 'Outcome', grade: 'grade %{grade}', open: 'Open',
    none: 'No reaction has been reported.', noneFound: 'No reaction matches these filters.',
  },
  show: {
    title: 'Reaction after an injection', onset: 'Began %{at}, reported %{reported}', assessment: 'Assessment', examinations: 'Examinations', examinationsHelp: 'Latest first',
    injections: 'Injections of this patient', recorded: 'Recorded by %{by}, %{at}', voided: 'Entered in error',
    voidTitle: 'Entered in error?', voidExplain: 'Its clock, its hold and the restricted limb go with it. The record stays visible with your reason.',
  },
  exam: {
    add: 'Record an examination', none: 'Not examined again yet.', course: 'Course since', motorDeficit: 'Motor deficit', mrc: '%{muscle}, MRC 0–5', pain: 'Pain, 0 to 10', sensory: 'Sensation: where and how',
    study: 'Nerve conduction study or EMG done', studyHelp: 'Before day 60 it may be falsely reassuring; the study at day 60 stays due.', examinedAt: 'Examined at', note: 'Note', save: 'Save examination',
    saved: 'Examination saved', resolvedMeans: '“Resolved” ends the rest of the clock. The limb stays restricted.', worseningMeans: '“Worsening” raises an urgent alert again.',
    deficit: 'motor deficit', noDeficit: 'no motor deficit', painOf: 'pain %{pain}/10', studyDone: 'nerve conduction study done',
  },
  muscle: {
    'foot-dorsiflexion': 'Foot up', 'foot-plantarflexion': 'Foot down', 'wrist-extension': 'Wrist up', 'finger-extension': 'Fingers straight', 'shoulder-abduction': 'Arm out to the side',
    'knee-extension': 'Knee straight',
  },
};
