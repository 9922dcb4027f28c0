/** The start pages of the three roles. */
export const home = {
  nurse: {
    title: 'Today',
    buckets: 'Doses of the day', overdue: 'Overdue', due: 'Due today', early: 'Early window', done: 'Done',
    empty: { overdue: 'No dose is overdue.', due: 'Nothing is due today.', early: 'No early window is open.', done: 'Nothing recorded yet today.' },
    patient: 'Patient', product: 'Product', dueOn: 'Due', lastDoseOn: 'last dose %{date}', actions: 'Actions', site: 'Site',
    late: '%{smart_count} day late |||| %{smart_count} days late', today: 'Today', in: 'in %{smart_count} day |||| in %{smart_count} days',
    log: 'Log injection', logFor: 'Log injection for %{name}', notGiven: 'Not given', notGivenFor: 'Not given: %{name}', hold: 'IM on hold', register: 'Register patient', given: 'Given', never: 'first dose',
    alerts: 'Alerts for nurses',
  },
  notGiven: { title: 'Dose not given', text: '%{product} for %{name}. The dose stays due.', reason: 'Why not', submit: 'Record', done: 'Recorded as not given' },
  physician: {
    title: 'Good day, %{name}', urgent: 'Urgent alerts', overdue: 'Overdue alerts', waiting: 'Alerts for physicians', holds: 'Patients on IM hold', ongoing: 'Ongoing events', proposals: 'Orders to accept',
    queue: 'Top of the queue', queueSub: 'Worst first, then soonest due', allAlerts: 'All alerts', queueEmpty: 'No alert is waiting.',
    orders: 'Orders waiting to become courses', ordersSub: 'Sent by another system; nothing happens until somebody accepts them', ordersEmpty: 'No order is waiting.', look: 'Review',
  },
  administrator: {
    title: 'The clinic at a glance', ongoing: 'Ongoing events', last30: 'Events, 30 days', rate: 'Per 1,000 injections', rateNone: 'No injections in 30 days', holds: 'Patients on IM hold',
    proposals: 'Orders to accept', injections30: 'Injections, 30 days', perDay: 'Injections per day', perDaySub: 'The last 14 days', perDayOf: '%{date}: %{smart_count} injection |||| %{date}: %{smart_count} injections',
    lots: 'Lots expiring next', lotsSub: 'Of those that may be given today', lotsEmpty: 'No lot may be given today.', allLots: 'All lots', expires: 'expires %{date}', expired: 'expired %{date}',
    events: 'Latest events', eventsEmpty: 'No adverse event on record.', allEvents: 'All events', given: '%{smart_count} given |||| %{smart_count} given', alerts: 'Active alerts by role',
  },
};
