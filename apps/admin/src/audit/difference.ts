export interface FieldDifference {
  path: string[];
  before: unknown;
  after: unknown;
}

/** Numbers of records and of versions say nothing to a person, and derived lists are no change anybody made. */
const SILENT = /^(id|version|key|triage|ruleIds|stopRuleIds|findings|advice)$|Ids?$/;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const empty = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0);
/** The patient stands beside the entry; of what a record carries for reading along, nothing was changed here. */
const BESIDE = new Set(['patient']);

/** What a record was and what it became, field by field, nested records walked into. Without a before or an after: all that is there. */
export function differencesOf(before: unknown, after: unknown): FieldDifference[] {
  const found: FieldDifference[] = [];
  walk([], isRecord(before) ? before : {}, isRecord(after) ? after : {}, found);
  return found;
}

function walk(path: string[], before: Record<string, unknown>, after: Record<string, unknown>, found: FieldDifference[]): void {
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (SILENT.test(field) || (path.length === 0 && BESIDE.has(field))) continue;
    const [was, is] = [before[field], after[field]];
    if (isRecord(was) || isRecord(is)) walk([...path, field], isRecord(was) ? was : {}, isRecord(is) ? is : {}, found);
    else if (!(empty(was) && empty(is)) && JSON.stringify(was) !== JSON.stringify(is))
      found.push({ path: [...path, field], before: was, after: is });
  }
}
