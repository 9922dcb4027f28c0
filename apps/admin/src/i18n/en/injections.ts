/** Recording an injection, the body map, the list, amending and voiding. */
export const injections = {
  map: {
    label: 'Injection site', closed: 'Sites not to be used', all: 'All sites', neverUsed: 'Never used',
    kind: {
      ventrogluteal: 'Ventrogluteal', 'vastus-lateralis': 'Vastus lateralis', deltoid: 'Deltoid', 'rectus-femoris': 'Rectus femoris', dorsogluteal: 'Dorsogluteal',
    },
    letter: { left: 'L', right: 'R' },
    view: { front: 'Front', back: 'Back' },
  },
  form: {
    title: 'Log injection',
    who: 'Who is here?', whoHelp: 'Name, record number or birth date', patient: 'Patient', otherPatient: 'Another patient', onHold: 'IM on hold',
    openChart: 'Open chart', noCourse: 'This patient has no running course. Start one in the chart first.',
    whoAndWhat: 'Patient and product', where: 'Site', details: 'Technique and time',
    identity: 'Name and birth date said by the patient and compared',
    course: 'Course', due: 'due %{on}, %{relative}', lastDose: 'last dose %{on}', firstDose: 'first dose',
    lot: 'Lot', lotOption: '%{number} · expires %{expires}', expires: 'expires %{relative}', noLots: 'No usable lot of this product', otherLots: 'Not in the list: show all lots',
    dose: 'Dose (µg)', volume: 'Volume (mL)', strength: '%{strength} per mL',
    route: 'Route', routes: { IM: 'Intramuscular', SC: 'Subcutaneous' },
    chosenSite: 'Site:', noSite: 'none chosen', asAdvised: 'as advised',
    skin: 'Skin not well at a site?', skinHelp: 'Infection, rash, scar or swelling seen today at',
    aspirated: 'Aspirated', aspiration: { yes: 'Yes', no: 'No', 'not-applicable': 'n/a' },
    needle: 'Needle', needleSize: '%{gauge} G · %{length} mm', change: 'Change', changeNeedle: 'Change the needle', gauge: 'Gauge (G)', length: 'Length (mm)',
    givenAt: 'Given at', now: 'now (%{time})', changeTime: 'Change the time', asNow: 'Now', note: 'Note',
    stops: '%{smart_count} stop |||| %{smart_count} stops', warnings: '%{smart_count} warning |||| %{smart_count} warnings', clear: 'Nothing against it', andMore: 'and %{smart_count} more |||| and %{smart_count} more',
    record: 'Record injection', recording: 'Recording…',
    incomplete: 'Something is still missing; look at the marked fields.',
    news: 'The server knows more than this page did: a record was made in the meantime. Nothing has been written yet. Look at the findings, then record again.',
    override: {
      button: 'Override…', title: 'Go on in spite of the stop?', confirm: 'Record with override',
      explain: 'As a physician you may go on. Your reason is kept with the injection and in the audit trail.',
    },
    alreadyGiven: {
      button: 'Already given – record the truth…', title: 'The dose has already been given', confirm: 'Record as given',
      explain: 'A stop is about what is still to come. A dose that is in the patient must be in the record, whatever the rules would have said.',
      told: 'It counts for the schedule, is marked as given against a stop, and a physician is told at once.',
    },
    notGiven: {
      button: 'Not given…', title: 'Why was the dose not given?', confirm: 'Record as not given',
      explain: 'The dose stays due; the reason is kept for whoever asks next.',
      absent: 'Did not come', declined: 'Patient declined', unwell: 'Unwell today', noStock: 'Product not in stock',
    },
  },
  baseline: {
    title: 'Before the needle', pain: 'Pain, 0 to 10', sensory: 'Sensation altered', motor: 'Strength', limbs: 'Where',
    sensation: { normal: 'No', symmetric: 'Both sides', asymmetric: 'One side' }, strength: { normal: 'Normal', weak: 'Weak' },
    why: 'It tells the disease from an injury later on',
  },
  findings: {
    title: 'What the rules say', none: 'No rule speaks against this injection.', stop: 'Stop', warning: 'Warning', why: 'Why',
    safetyOfUse: 'Safety of use', summary: '%{blocks} stops and %{warns} warnings',
  },
  errors: { required: 'This is needed', number: 'Give a number above zero', future: 'This lies in the future' },
  recorded: {
    section: 'Recorded', given: 'The injection is recorded', notGiven: 'Recorded as not given', voided: 'Taken back: entered in error', lot: 'lot %{number}',
    againstStop: 'Given against a stop: a physician has been told.', nextDose: 'Next dose', changed: 'What changed',
    next: 'Next patient', reaction: 'Reaction?', chart: 'Open chart', undo: 'Undo (entered in error)',
    undoTitle: 'Take this record back?', undoConfirm: 'Take back', undoReason: 'Entered in error just now',
    undoExplain: 'Dates, follow-ups and alerts that came from it are worked out afresh. The record stays visible, struck through.',
  },
  list: {
    title: 'Injections', when: 'Given', patient: 'Patient', what: 'Product', where: 'Site', remarks: 'Remarks', actions: 'Actions', from: 'From', to: 'To', state: 'State', any: 'Any', reset: 'Reset',
    states: { effective: 'In force', superseded: 'Corrected since', voided: 'Entered in error' }, lot: 'lot %{number}', corrected: 'Corrected', notGiven: 'Not given',
    againstStop: 'Given against a stop', override: 'Override', selfReported: 'Reported by the patient', none: 'No injection has been recorded yet.', noneFound: 'No injection matches these filters.',
  },
  actions: {
    amend: 'Correct', void: 'Void', voidTitle: 'Entered in error?', voidConfirm: 'Void', voided: 'Voided',
    voidExplain: '%{about}: dates, follow-ups and alerts that came from it are worked out afresh. The record stays visible, struck through.',
    wrongPatient: 'Wrong patient', recordedTwice: 'Recorded twice', notGivenAfterAll: 'It was not given after all',
    amendTitle: 'Correct an injection', amendReason: 'What was wrong?', amendConfirm: 'Save the correction', amended: 'Corrected',
    amendAgainstStop: 'The rules would have stopped this dose. The correction is recorded as given against a stop, with your reason, and a physician is told.',
  },
};
