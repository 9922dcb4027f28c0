/** Starting, changing and ending a course. */
export const courses = {
  start: 'Start a course', accept: 'Accept the order as a course', startSubmit: 'Start course', acceptSubmit: 'Accept and start', started: 'Course started', accepted: 'Order accepted',
  order: 'Order: %{display} (%{source}, %{date})', nobody: 'Choose a patient first.',
  what: 'What is given', why: 'Why, and how it is followed', anyway: 'A course can start on suspicion; results may come later.',
  field: {
    productId: 'Product', doseMicrograms: 'Dose (µg)', indication: 'Indication', cause: 'Cause', neurologicalInvolvement: 'Nerve symptoms or signs', symptomsSince: 'Symptoms since', anemiaAtBaseline: 'Anemia at the start',
    regimen: 'Regimen', maintenanceMonths: 'Maintenance every', monitoringPlan: 'Monitoring', startedOn: 'Starts on',
  },
  help: {
    neurologicalInvolvement: 'Numbness, tingling, gait, weakness, memory. It chooses the regimen.', regimen: 'Proposed from the nerve symptoms and the product; change it if needed.', anemiaAtBaseline: 'Adds blood counts on days 5–7 and weekly.',
    cause: 'May stay open; it then waits on the physician’s list.', doseMicrograms: 'Usual for the product: %{dose}',
  },
  ofProtocol: 'As the clinic’s protocol says', ofProtocolMonths: 'Clinic’s protocol: %{smart_count} month |||| Clinic’s protocol: %{smart_count} months',
  months: 'every month |||| every %{smart_count} months',
  phase: 'Phase', next: 'Next dose', window: 'from %{from}, due %{due}, late after %{late}', doses: '%{smart_count} dose given |||| %{smart_count} doses given', since: 'since %{date}', ended: 'ended %{date}: %{reason}', due: 'due %{date}', from: 'from %{date}', late: 'late after %{date}',
  neuro: 'Nerve symptoms', risk: 'Symptoms since %{date}', noNext: 'No next dose', firstDose: 'first dose %{date}', lastDose: 'last dose %{date}', monitoring: 'Monitoring',
  endLoading: 'End loading', endLoadingTitle: 'No further improvement', endLoadingText: 'Loading ends and maintenance begins. Say what was examined.', statement: 'Statement', on: 'On', endLoadingDone: 'Maintenance begins',
  end: 'End course', endTitle: 'End the course', endReason: 'Reason', note: 'Note', override: 'Go on in spite of this stop, because', endDone: 'Course ended',
  proposals: 'Orders from another system', acceptAction: 'Accept', decline: 'Decline', declineTitle: 'Decline the order', declineDone: 'Order declined',
};
