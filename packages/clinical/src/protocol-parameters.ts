/** What each parameter of a protocol version means: its unit, default, allowed range, and the rules that read it. */
import { type ChoiceName, DEFAULT_PROTOCOL, type ParameterName, PROTOCOL_MONITORING_PLANS, type ProtocolParameters } from './protocol.js';
import type { RuleId } from './rule-types.js';

export interface ParameterDescription {
  unit: string;
  default: number;
  min: number;
  max: number;
  integer: boolean;
  rules: readonly RuleId[];
}

const describe = (
  unit: string,
  standard: number,
  [min, max]: readonly [number, number],
  rules: readonly RuleId[],
  integer = true,
): ParameterDescription => ({ unit, default: standard, min, max, integer, rules });

/**
 * Every parameter with its unit, default and range, ends included. The ranges hold what the sources or their neighbours in practice
 * allow, not what is recommended. The window of a check stays below 85 days in all, so that two quarterly checks never share a result.
 */
export const PROTOCOL_PARAMETERS: Readonly<Record<ParameterName, ParameterDescription>> = {
  rotationDays: describe('days', 14, [1, 90], ['SITE-ROTATE']),
  deltoidMaxVolumeMl: describe('mL', 1, [0.5, 2], ['SITE-RANK'], false),
  maintenanceMonths: describe('months', 2, [1, 3], ['RX-MAINT']),
  maintenanceOverdueNurseDays: describe('days', 7, [1, 28], ['RX-OVERDUE']),
  maintenanceOverduePhysicianDays: describe('days', 28, [2, 90], ['RX-OVERDUE']),
  loadingOverdueNurseDays: describe('days', 2, [1, 7], ['RX-LOAD-NEURO', 'RX-LOAD-NEURO-ALT', 'RX-LOAD-PLAIN', 'RX-METHYL', 'RX-OVERDUE']),
  monitoringWindowBeforeDays: describe('days', 14, [0, 28], ['MON-3-6-12', 'MON-ANNUAL', 'MON-Q3', 'MON-SATISFY']),
  monitoringWindowAfterDays: describe('days', 28, [0, 56], ['MON-3-6-12', 'MON-ANNUAL', 'MON-Q3', 'MON-SATISFY']),
  routeDecisionHours: describe('hours', 24, [1, 72], ['HOLD-DECIDE']),
  holdGapDays: describe('days', 7, [1, 14], ['HOLD-GAP']),
  eGfrThreshold: describe('mL/min/1.73 m²', 60, [15, 90], ['RX-RENAL']),
  homocysteineTargetMicromolesPerL: describe('µmol/L', 10, [5, 15], ['MON-HCY'], false),
  potassiumUrgentMillimolesPerL: describe('mmol/L', 3.5, [2.5, 4], ['MON-K48'], false),
  folicAcidLimitMgPerDay: describe('mg/day', 0.1, [0, 1], ['RX-FOLATE'], false),
  transsacralBlockDays: describe('days', 42, [7, 90], ['NI-BLOCK']),
  permanentDamageRiskMonths: describe('months', 3, [1, 12], ['DX-3MO']),
  reticulocyteIntervalDays: describe('days', 7, [1, 14], ['MON-RETIC']),
  relapseWorseningPoints: describe('points of 10', 2, [1, 5], ['MON-RELAPSE']),
  selfTrainingMonths: describe('months', 12, [3, 36], ['SELF-TRAIN', 'SELF-STOP']),
  observationMinutes: describe('minutes', 15, [0, 120], ['RX-OBSERVE']),
};

export interface ChoiceDescription {
  options: readonly string[];
  default: string;
  rules: readonly RuleId[];
}

/** Every parameter that is a choice, with what can be chosen. */
export const PROTOCOL_CHOICES = {
  monitoringPlan: { options: PROTOCOL_MONITORING_PLANS, default: 'MON-3-6-12', rules: ['MON-3-6-12', 'MON-Q3'] },
} as const satisfies Record<ChoiceName, ChoiceDescription>;

const NAMES = Object.keys(PROTOCOL_PARAMETERS) as ParameterName[];
const CHOICES = Object.keys(PROTOCOL_CHOICES) as ChoiceName[];

/** Every parameter at its default: what a new protocol version starts from. `DEFAULT_PROTOCOL` is the same without the optional ones. */
export const PROTOCOL_DEFAULTS: Readonly<Required<ProtocolParameters>> = Object.freeze(
  Object.fromEntries([
    ...NAMES.map((name) => [name, PROTOCOL_PARAMETERS[name].default] as const),
    ...CHOICES.map((name) => [name, PROTOCOL_CHOICES[name].default] as const),
  ]),
) as Readonly<Required<ProtocolParameters>>;

/** A parameter of a version, or its default where the version was signed before the parameter existed. */
export function parameterOf(protocol: ProtocolParameters, name: ParameterName): number {
  return protocol[name] ?? PROTOCOL_PARAMETERS[name].default;
}

export type ProtocolIssueCode =
  | 'unknown'
  | 'missing'
  | 'not-a-number'
  | 'not-an-integer'
  | 'below-minimum'
  | 'above-maximum'
  | 'not-a-choice'
  | 'not-after';

export interface ProtocolIssue {
  parameter: string;
  code: ProtocolIssueCode;
  /** The bound, or the name of the parameter it has to exceed. */
  facts: { value?: unknown; min?: number; max?: number; unit?: string; options?: readonly string[]; than?: ParameterName };
}

/**
 * What is wrong with the parameters of a draft, all of it, in the order of the table; unknown names last. Optional parameters may be
 * absent. Never throws.
 */
export function checkProtocol(parameters: Readonly<Record<string, unknown>>): ProtocolIssue[] {
  const issues = NAMES.flatMap((name): ProtocolIssue[] => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) return name in DEFAULT_PROTOCOL ? [{ parameter: name, code: 'missing', facts: {} }] : [];
    return checkValue(name, value);
  });
  const nurse = parameters['maintenanceOverdueNurseDays'];
  const physician = parameters['maintenanceOverduePhysicianDays'];
  if (issues.length === 0 && typeof nurse === 'number' && typeof physician === 'number' && physician <= nurse) {
    const than = 'maintenanceOverdueNurseDays';
    issues.push({ parameter: 'maintenanceOverduePhysicianDays', code: 'not-after', facts: { value: physician, than } });
  }
  for (const parameter of CHOICES) {
    const value = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
    const options: readonly string[] = PROTOCOL_CHOICES[parameter].options;
    if (value !== undefined && !options.some((option) => option === value)) {
      issues.push({ parameter, code: 'not-a-choice', facts: { value, options } });
    }
  }
  for (const parameter of Object.keys(parameters)) {
    const known = Object.hasOwn(PROTOCOL_PARAMETERS, parameter) || Object.hasOwn(PROTOCOL_CHOICES, parameter);
    if (!known) issues.push({ parameter, code: 'unknown', facts: {} });
  }
  return issues;
}

function checkValue(name: ParameterName, value: unknown): ProtocolIssue[] {
  const { min, max, unit, integer } = PROTOCOL_PARAMETERS[name];
  const issue = (code: ProtocolIssueCode): ProtocolIssue[] => [{ parameter: name, code, facts: { value, min, max, unit } }];
  if (typeof value !== 'number' || !Number.isFinite(value)) return issue('not-a-number');
  if (value < min) return issue('below-minimum');
  if (value > max) return issue('above-maximum');
  return integer && !Number.isInteger(value) ? issue('not-an-integer') : [];
}
