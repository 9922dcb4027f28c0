/** The alert queue, its actions and its keys. */
export const alerts = {
  title: 'Alerts', subtitle: 'Worst first. One obligation is one alert; it closes by itself when its cause is gone.', role: 'Whose alerts', states: 'State of the alerts', byPriority: 'By priority', all: 'All',
  show: { active: 'Active', snoozed: 'Snoozed', ended: 'Ended' },
  empty: { active: 'Nothing is waiting. Alerts appear here when something falls due.', snoozed: 'Nothing is snoozed.', ended: 'No alert has ended yet.' },
  overdue: 'Overdue', overdueCount: '%{smart_count} overdue |||| %{smart_count} overdue', escalated: 'Escalated', due: 'due %{on}, %{relative}', raisedToday: 'raised today',
  age: 'open for %{smart_count} day |||| open for %{smart_count} days', snoozedUntil: 'until %{at}', missing: 'Missing:', several: '%{smart_count} alert |||| %{smart_count} alerts', why: 'Why',
  action: { acknowledge: 'Take on', snooze: 'Snooze', resolve: 'Done…', dismiss: 'Dismiss' },
  work: { dose: 'Log injection', result: 'Enter results', event: 'Open reaction' },
  did: { acknowledge: 'Taken on: %{rule}', snooze: 'Snoozed: %{rule}', resolve: 'Done: %{rule}', dismiss: 'Dismissed: %{rule}' },
  snooze: { title: 'Bring it back later', reason: 'Why (optional)', tomorrow: 'Tomorrow', week: 'In a week', date: 'On', until: 'Snooze until then' },
  resolve: { title: 'What was done?', outcome: 'Outcome', note: 'Note' },
  dismiss: { title: 'Not needed?', explain: 'The alert ends without anything done. Your reason stays with it.' },
  parameters: 'Parameters of the protocol in force', history: 'History', system: 'by itself',
  step: {
    raised: 'Raised', escalated: 'Escalated', met: 'Closed: done', 'cause-gone': 'Closed: its cause is gone', moved: 'Closed: the date moved', reopened: 'Opened again', woken: 'Back from snooze',
    acknowledge: 'Taken on', snooze: 'Snoozed', resolve: 'Done', dismiss: 'Dismissed',
  },
  parameter: {},
  keys: { label: 'Keys', j: 'next', k: 'previous', a: 'take on', s: 'snooze', r: 'done', d: 'dismiss', w: 'why', o: 'open chart' },
};
