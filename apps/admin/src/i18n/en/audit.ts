/** The audit trail. `did` names every action the server writes; dots in a key would be read as a path. */
export const audit = {
  title: 'Audit trail', subtitle: 'Who did what, when; the reading of charts included. Nothing here can be changed.', at: 'When', who: 'Who', what: 'Action', patient: 'Patient', request: 'Request', action: 'Action',
  system: 'By itself', show: 'Show what changed', hide: 'Hide what changed', field: 'Field', before: 'Before', after: 'After', none: 'Nothing has been written yet.', noneFound: 'Nothing matches these filters.',
  did: {
    'injection-record': 'Injection recorded', 'injection-amend': 'Injection corrected', 'injection-void': 'Injection voided', 'injection-read': 'Injection read',
    'adverse-event-record': 'Reaction reported', 'adverse-event-examine': 'Examination recorded', 'adverse-event-void': 'Reaction voided', 'adverse-event-read': 'Reaction read',
    'lab-result-record': 'Result recorded', 'lab-result-amend': 'Result corrected', 'lab-result-void': 'Result voided',
    'alert-acknowledge': 'Alert taken on', 'alert-snooze': 'Alert snoozed', 'alert-resolve': 'Alert resolved', 'alert-dismiss': 'Alert dismissed',
    'patient-register': 'Patient registered', 'patient-edit': 'Patient record changed', 'patient-read': 'Patient record read', 'patient-read-facts': 'Facts read for the rules', 'chart-read': 'Chart read',
    'course-start': 'Course started', 'course-end-loading': 'Loading ended', 'course-end': 'Course ended', 'course-proposal-accept': 'Order accepted', 'course-proposal-decline': 'Order declined',
    'route-decide': 'Route decided', 'site-restriction-record': 'Sites restricted', 'site-restriction-lift': 'Restriction lifted',
    'lot-receive': 'Lot received', 'lot-change': 'Lot held, recalled or released', 'import-preview': 'Import previewed', 'import-run': 'Import started', 'import-patient': 'Patient imported',
  },
};
