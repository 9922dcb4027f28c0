import { type ParameterName, PROTOCOL_MONITORING_PLANS, PROTOCOL_PARAMETERS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, InstantOut, optionalText, page, pageQuery, Reason } from '../values.js';
import { PatientName } from './shared.js';

const NAMES = Object.keys(PROTOCOL_PARAMETERS) as ParameterName[];
const numbers = Object.fromEntries(
  NAMES.map((name) => {
    const { unit, min, max, default: standard, rules } = PROTOCOL_PARAMETERS[name];
    return [
      name,
      z
        .number()
        .optional()
        .meta({ description: `${unit}, ${min} to ${max}, by default ${standard}; ${rules.join(', ')}` }),
    ];
  }),
) as Record<ParameterName, z.ZodOptional<z.ZodNumber>>;

/** What a draft says otherwise than the version it is based on. Ranges are checked by the rules, which know how the numbers hang together. */
export const ProtocolChanges = z
  .strictObject({ ...numbers, monitoringPlan: z.enum(PROTOCOL_MONITORING_PLANS).optional().meta({ description: 'MON-3-6-12, MON-Q3' }) })
  .meta({ id: 'ProtocolChanges' });

export const DraftProtocol = z
  .strictObject({
    basedOn: Id.optional().meta({ description: 'A signed version; the one in force (of a draft that is edited: its own) unless given.' }),
    parameters: ProtocolChanges,
    note: optionalText(2000),
  })
  .meta({ id: 'DraftProtocol' });

/** `initial`: the defaults a clinic begins with, signed by nobody. Only initial and signed versions are ever in force. */
export const PROTOCOL_STATES = ['initial', 'draft', 'signed', 'withdrawn'] as const;
const ParameterValue = z.union([z.number(), z.string()]);

export const ProtocolVersion = z
  .object({
    id: Id,
    number: z.int(),
    state: z.enum(PROTOCOL_STATES),
    inForce: z.boolean(),
    /** Null until it is signed. */
    inForceFrom: InstantOut.nullable(),
    basedOn: z.object({ id: Id, number: z.int() }).nullable(),
    note: z.string().nullable(),
    draftedAt: InstantOut,
    draftedByName: z.string().nullable(),
    signedAt: InstantOut.nullable(),
    signedByName: z.string().nullable(),
    withdrawnAt: InstantOut.nullable(),
    withdrawnByName: z.string().nullable(),
    withdrawReason: z.string().nullable(),
    /** How far the patients have been computed anew under it; null before it takes effect. */
    application: z.object({ state: z.enum(['running', 'done', 'superseded']), patientsTotal: z.int(), patientsDone: z.int() }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'ProtocolVersion' });

export const ProtocolVersionDetail = ProtocolVersion.extend({
  parameters: z.record(z.string(), ParameterValue),
  /** What it says otherwise than the version it is based on; `from` is null for a parameter that one did not have. */
  changes: z.array(z.object({ parameter: z.string(), from: ParameterValue.nullable(), to: ParameterValue, unit: z.string().nullable() })),
  /** The latest trial of a draft, and whether the draft is still what was tried. */
  simulation: z
    .object({ id: Id, state: z.enum(['queued', 'running', 'done', 'failed']), createdAt: InstantOut, isCurrent: z.boolean() })
    .nullable(),
}).meta({ id: 'ProtocolVersionDetail' });

const Shift = z.object({ before: z.int(), after: z.int() });
/** What a draft would change, were it in force now: differences between the panel as it stands and the panel under the draft. */
export const SimulationFindings = z
  .object({
    patientsChanged: z.int(),
    milestones: z.object({ added: z.int(), moved: z.int(), removed: z.int(), met: z.int(), reopened: z.int() }),
    alerts: z.object({ raised: z.int(), closed: z.int() }),
    byRule: z.record(
      z.string(),
      z.object({ added: z.int(), moved: z.int(), removed: z.int(), alertsRaised: z.int(), alertsClosed: z.int() }),
    ),
    /** People with something overdue who have nothing overdue today. `count` is all of them, `patients` the first hundred. */
    newlyOverdue: z.object({
      count: z.int(),
      patients: z.array(z.object({ patient: PatientName, because: z.array(z.object({ ruleId: z.string(), dueOn: DateOut })) })),
    }),
    /** Alerts expected from what is due by the facts known today; every later dose and result adds its own. */
    weeks: z.array(z.object({ startsOn: DateOut, ...Shift.shape, byRule: z.record(z.string(), Shift) })),
  })
  .meta({ id: 'SimulationFindings' });

export const ProtocolSimulation = z
  .object({
    id: Id,
    versionId: Id,
    versionNumber: z.int(),
    /** The draft's `version` that was tried. */
    draftVersion: z.int(),
    state: z.enum(['queued', 'running', 'done', 'failed']),
    asOf: InstantOut,
    patientsTotal: z.int(),
    patientsDone: z.int(),
    findings: SimulationFindings.nullable(),
    failure: z.string().nullable(),
    createdAt: InstantOut,
    createdByName: z.string().nullable(),
    finishedAt: InstantOut.nullable(),
  })
  .meta({ id: 'ProtocolSimulation' });

const VersionParams = z.strictObject({ versionId: Id });
const tag = 'Protocol';

export const listProtocolVersions = route({
  method: 'GET',
  path: '/protocol/versions',
  tag,
  summary: 'Every version of the clinic’s protocol, latest first',
  access: { needs: 'protocol.read' },
  query: z.strictObject({ state: z.enum(PROTOCOL_STATES).optional(), ...pageQuery }),
  response: page(ProtocolVersion),
});
export const readProtocolVersion = route({
  method: 'GET',
  path: '/protocol/versions/:versionId',
  tag,
  summary: 'One version, with what it changes',
  access: { needs: 'protocol.read' },
  params: VersionParams,
  response: ProtocolVersionDetail,
});
export const draftProtocol = route({
  method: 'POST',
  path: '/protocol/drafts',
  tag,
  summary: 'Draft a change of the protocol',
  access: { needs: 'protocol.draft' },
  body: DraftProtocol,
  response: ProtocolVersionDetail,
  status: 201,
  idempotent: true,
});
export const editProtocolDraft = route({
  method: 'PUT',
  path: '/protocol/drafts/:versionId',
  tag,
  summary: 'Write a draft anew',
  access: { needs: 'protocol.draft' },
  params: VersionParams,
  body: DraftProtocol,
  response: ProtocolVersionDetail,
  ifMatch: true,
  problems: ['stale-version', 'version-required', 'state-changed'],
});
export const withdrawProtocolDraft = route({
  method: 'POST',
  path: '/protocol/drafts/:versionId/withdraw',
  tag,
  summary: 'Withdraw a draft',
  access: { needs: 'protocol.draft' },
  params: VersionParams,
  body: z.strictObject({ reason: Reason }),
  response: ProtocolVersionDetail,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const signProtocol = route({
  method: 'POST',
  path: '/protocol/drafts/:versionId/sign',
  tag,
  summary: 'Sign a draft: it takes effect now, or when the day given begins in the clinic',
  access: { needs: 'protocol.sign' },
  proof: 'fresh',
  params: VersionParams,
  body: z.strictObject({ inForceFrom: z.union([z.literal('now'), ClinicDate]) }).meta({ id: 'SignProtocol' }),
  response: ProtocolVersionDetail,
  ifMatch: true,
  problems: ['stale-version', 'version-required', 'state-changed'],
});
export const simulateProtocol = route({
  method: 'POST',
  path: '/protocol/drafts/:versionId/simulation',
  tag,
  summary: 'What if: the whole panel under a draft, of which nothing is kept but what it found; a large panel goes on as a job',
  access: { needs: 'protocol.simulate' },
  params: VersionParams,
  body: z.strictObject({}),
  response: ProtocolSimulation,
  status: 201,
  problems: ['state-changed'],
  unversioned: 'adds',
});
export const readProtocolSimulation = route({
  method: 'GET',
  path: '/protocol/simulations/:simulationId',
  tag,
  summary: 'Progress and findings of a simulation',
  access: { needs: 'protocol.simulate' },
  params: z.strictObject({ simulationId: Id }),
  response: ProtocolSimulation,
});

export type ProtocolChanges = z.output<typeof ProtocolChanges>;
export type DraftProtocol = z.output<typeof DraftProtocol>;
export type ProtocolVersion = z.output<typeof ProtocolVersion>;
export type ProtocolVersionDetail = z.output<typeof ProtocolVersionDetail>;
export type SimulationFindings = z.output<typeof SimulationFindings>;
export type ProtocolSimulation = z.output<typeof ProtocolSimulation>;
