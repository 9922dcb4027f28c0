import { CARE_FINDING_CODES, type CareFindingCode, FINDING_CODES, type FindingCode } from './finding-codes.js';
import type { Finding } from './findings.js';

const RULE_OF_CODE = { ...FINDING_CODES, ...CARE_FINDING_CODES };

/** A finding with the rule its code belongs to. */
export function finding(
  severity: Finding['severity'],
  code: FindingCode | CareFindingCode,
  field: string | null,
  facts: Record<string, unknown> = {},
): Finding {
  return { ruleId: RULE_OF_CODE[code], severity, code, field, facts };
}
