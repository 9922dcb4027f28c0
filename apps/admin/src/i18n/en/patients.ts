/** Finding, registering and editing patients, and the chart. */
export const patients = {
  title: 'Patients',
  chartTitle: 'Patient chart',
  register: 'Register patient',
  list: {
    search: 'Name, record number or birth date', hint: 'Also parts of a name, with or without accents. A birth date as 1954-03-21.',
    name: 'Patient', nextDue: 'Next dose', hold: 'Hold', alerts: 'Alerts', onHold: 'IM on hold', noneFound: 'Nobody found. Check the spelling or register a new patient.', noneYet: 'No patient is registered yet.',
    deceased: 'Deceased %{date}', noDose: 'no dose planned', activeAlerts: '%{smart_count} active alert |||| %{smart_count} active alerts',
  },
  form: {
    create: 'Register a patient', edit: 'Edit %{name}', saved: 'Saved', registered: 'Registered',
    person: 'Person', contact: 'Contact', health: 'What the rules need to know', healthSub: 'What is not recorded is treated as not known, never as “no”.', notes: 'Notes',
    sureLeave: 'Leave without saving? What you entered is lost.',
  },
  field: {
    recordNumber: 'Record number', familyName: 'Family name', givenName: 'Given name', birthDate: 'Birth date', sex: 'Sex', phone: 'Phone', email: 'E-mail', interpreterLanguage: 'Interpreter for',
    deceasedOn: 'Died on', renalDysfunction: 'Renal dysfunction', malabsorption: 'Malabsorption', riskGroups: 'Risk groups', allergies: 'Allergies', allergyNote: 'About the allergies',
    anticoagulated: 'Anticoagulated', folicAcidMgPerDay: 'Folic acid (mg a day)', neurotoxicDrugs: 'Neurotoxic drugs', note: 'Note',
  },
  banner: {
    allergies: 'Allergies', noAllergies: 'No allergies recorded', renal: 'Renal dysfunction', renalUnknown: 'Renal function not recorded', anticoagulated: 'Anticoagulated', interpreter: 'Interpreter: %{language}',
    hold: 'IM injections on hold since %{date}', holdText: 'A suspected nerve injury stops further IM injections until a physician decides.', decided: 'Decided: %{decision} – %{name}, %{date}',
    deceased: 'Died on %{date}', restricted: 'Restricted sites', restrictedFrom: '%{sites} – %{reason}, since %{date},', until: 'until %{date}', forGood: 'for good', lift: 'Lift', decide: 'Decide the route',
    nerveRisk: 'Symptoms for more than 3 months before treatment: permanent damage is possible.', identity: 'Patient',
  },
  chart: {
    actions: 'What to do', log: 'Log injection', event: 'Report event', result: 'Enter result', course: 'Start course', restrict: 'Restrict sites', edit: 'Edit record', print: 'Print record card', more: 'More',
    alerts: 'Active alerts', alertsNone: 'No alert is active.', why: 'Why', hideWhy: 'Hide', courses: 'Courses', coursesNone: 'No course yet. A course can start on suspicion; no result is needed first.',
    clock: 'Nerve clock', injections: 'Injections', injectionsNone: 'No injection recorded yet.', results: 'Laboratory', resultsNone: 'No results yet.', planned: 'Coming up', plannedSub: 'Follow-ups that are planned, and when each becomes due',
    plannedNone: 'Nothing is planned.', sites: 'Sites last used', sitesNone: 'No site used yet.', events: 'Adverse events', showAll: 'Show all %{smart_count}', showLess: 'Show fewer', voided: 'Entered in error', superseded: 'Replaced', amended: 'Amended',
    againstStop: 'Given against a stop', notGiven: 'Not given', selfReported: 'Reported from home', given: 'Given', site: 'Site', lot: 'Lot', dose: 'Dose', by: 'Recorded by', date: 'Date', value: 'Value', analyte: 'Result', state: 'State',
    trend: 'Trend', table: 'Table', refRange: 'Reference', opens: 'opens %{date}', overridden: 'Overridden', baseline: 'Baseline', pain: 'pain %{pain}/10', daysAgo: 'Last used', neverUsed: 'not used yet',
  },
  alert: { due: 'due %{date}, %{relative}', missing: 'missing: %{what}', overdue: 'Overdue', sources: 'Sources', conflict: 'The sources disagree', seen: 'What the rule saw', protocol: 'Protocol version %{version}' },
  sensory: { normal: 'sensation normal', symmetric: 'symmetric numbness', asymmetric: 'one-sided numbness' },
  motor: { normal: 'strength normal', weak: 'weak' },
  clock: {
    now: 'Now: day %{day}', onset: 'Onset %{date}', day: 'Day %{day}', resolved: 'Resolved %{date}', open: 'Open event', follow: 'Open the event', met: 'done', due: 'due', raised: 'now', cancelled: 'dropped', planned: 'planned',
    label: 'Follow-up clock of the event of %{date}', steps: 'Steps of the clock',
  },
  trend: { low: 'Low', high: 'High', title: 'Trend of B12, homocysteine and methylmalonic acid', reference: 'Reference %{range}', injections: 'Injections', injection: 'Injection %{date}', none: 'At least one result of B12, homocysteine or MMA is needed for a trend.' },
  restrict: {
    title: 'Restrict sites', text: 'No injection is offered at these sites.', sites: 'Sites', reason: 'Why', since: 'Since', until: 'Until (empty: for good)', submit: 'Restrict', done: 'Sites restricted',
    liftTitle: 'Lift the restriction', liftText: '%{sites}', liftDone: 'Restriction lifted', lift: 'Lift',
  },
  route: {
    title: 'How does treatment go on?', text: 'Injections are on hold. The hold stops the route, not the treatment.', oral: 'Oral replacement', oralText: 'B12 1000–2000 µg daily. IM stays on hold.',
    'continue-im': 'Continue IM elsewhere', 'continue-imText': 'Severe malabsorption, or still loading with nerve symptoms. Lifts the hold; the limb stays restricted.', stop: 'Stop', stopText: 'No B12 for now. Say why.',
    reason: 'Reason', override: 'Go on in spite of this stop, because', submit: 'Decide', done: 'Decision recorded',
  },
};
