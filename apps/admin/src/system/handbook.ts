import type { SystemFinding } from '@vastus/contract';

/** The section of docs/operations.md that says more about a finding, by its heading there. */
export const HANDBOOK: Readonly<Record<SystemFinding, string>> = {
  'migrations-pending': 'Upgrade',
  'migrations-unknown': 'Install',
  'queue-away': 'When something does not work',
  'jobs-late': 'When something does not work',
  'jobs-failing': 'When something does not work',
  'alerts-late': 'When something does not work',
  'no-backup': 'Back up',
  'backup-old': 'Back up',
  'archive-failing': 'Back up',
  'audit-faults': 'Respond to a breach',
  'audit-unread': 'When something does not work',
  'unusual-reading': 'Unusual reading',
  'no-worker': 'When something does not work',
  'versions-differ': 'Upgrade',
};
