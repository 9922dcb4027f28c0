/** A report as a person reads it in a terminal. */
import type { ImportReport } from '@vastus/contract';

const SHOWN_LINES = 15;

export function reportText(report: ImportReport): string {
  // jsonb keeps no order of keys.
  const types = Object.entries(report.byResource).sort(([a], [b]) => (a < b ? -1 : 1));
  const used = types.filter(([, { created, updated, unchanged }]) => created + updated + unchanged > 0);
  const left = types.filter((type) => !used.includes(type));
  const rows = used.map(([type, { created, updated, unchanged, skipped }]) => [type, created, updated, unchanged, skipped].map(String));
  const parts = [table([['', 'new', 'changed', 'known', 'not taken'], ...rows])];
  if (left.length > 0) parts.push(`  nothing taken of: ${left.map(([type, { skipped }]) => `${type} ${skipped}`).join(', ')}`);
  for (const { name, recordNumber, birthDate, action } of report.patients)
    parts.push(`  ${action.padEnd(9)} ${name}, born ${birthDate}, record ${recordNumber}`);
  for (const { recordNumber, field, to, because } of report.profileChanges)
    parts.push(`  sets ${field} of ${recordNumber} to ${to} – ${because}`);
  parts.push(`  ${counted(report.labResults, 'laboratory result')}, ${counted(report.proposals, 'order')} waiting to become a course`);
  // What is simply of no use here is in the table; what somebody may want to put right is said.
  const worthSaying = report.notTaken.filter(({ reason }) => !PLAIN.has(reason));
  for (const line of worthSaying.slice(0, SHOWN_LINES)) {
    const what = [line.code, line.display].filter(Boolean).join(' ');
    parts.push(`  not taken: ${line.resourceType}${what ? ` ${what}` : ''} – ${line.reason} (${counted(line.entries.length, 'time')})`);
  }
  if (worthSaying.length > SHOWN_LINES) parts.push(`  … and ${worthSaying.length - SHOWN_LINES} more; the dashboard lists every entry`);
  return parts.join('\n');
}

const PLAIN = new Set([
  'not used by Vastus',
  'LOINC not monitored',
  'a medication the rules do not read',
  'a condition the rules do not read',
  'not relevant to the products given here',
]);
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')}`.trimEnd())
    .join('\n');
}
