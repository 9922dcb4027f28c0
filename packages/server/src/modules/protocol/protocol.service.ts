// The clinic's protocol as a history of versions: an administrator drafts, a physician signs, and a signed version takes effect at its time.
import { Injectable } from '@nestjs/common';
import {
  addMonths,
  type ClinicDate,
  checkProtocol,
  dateInZone,
  type Instant,
  type ParameterName,
  PROTOCOL_DEFAULTS,
  PROTOCOL_PARAMETERS,
  type ProtocolIssue,
  startOfDay,
} from '@vastus/clinical';
import {
  type Answer,
  type AuditAction,
  type DraftProtocol,
  draftProtocol,
  editProtocolDraft,
  type Input,
  type listProtocolVersions,
  type ProtocolVersionDetail,
  type readProtocolVersion,
  signProtocol,
  withdrawProtocolDraft,
} from '@vastus/contract';
import type { Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import { Queues } from '../../platform/queue/queues.js';
import type { Caller } from '../../platform/routing/caller.js';
import { protocolInForce } from '../obligations/protocol-in-force.js';
import {
  type Basis,
  type Draft,
  findDecided,
  findVersion,
  insertDraft,
  pageOfVersions,
  type StoredVersion,
  takeTurn,
  timeOfTurn,
  writeDraft,
  writeSignature,
  writeWithdrawal,
} from './protocol.store.js';

const AHEAD_MONTHS = 12;

@Injectable()
export class ProtocolService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly queues: Queues,
  ) {}

  list(caller: Caller, { query }: Input<typeof listProtocolVersions>): Promise<Answer<typeof listProtocolVersions>> {
    return this.commands.read(caller, (tx) => pageOfVersions(tx, query, this.clock.now()));
  }

  read(caller: Caller, { params }: Input<typeof readProtocolVersion>): Promise<ProtocolVersionDetail> {
    return this.commands.read(caller, (tx) => detailIn(tx, params.versionId, this.clock.now()));
  }

  draft(caller: Caller, input: Input<typeof draftProtocol>): Promise<ProtocolVersionDetail> {
    return this.commands.run(caller, draftProtocol, input, async (tx, now) => {
      await takeTurn(tx);
      const draft = draftOn(await basisOf(tx, input.body.basedOn ?? (await protocolInForce(tx, now)).id), input.body);
      const id = await insertDraft(tx, draft, { now, membershipId: caller.membershipId });
      await this.told(tx, caller, now, 'protocol.draft', id, null, draft);
      return detailIn(tx, id, now);
    });
  }

  edit(caller: Caller, input: Input<typeof editProtocolDraft>): Promise<ProtocolVersionDetail> {
    return this.commands.run(caller, editProtocolDraft, input, async (tx, now) => {
      const before = await this.open(tx, input.params.versionId, now, caller.ifMatch);
      const draft = draftOn(await basisOf(tx, input.body.basedOn ?? before.basedOn?.id ?? ''), input.body);
      await writeDraft(tx, before.id, draft);
      await this.told(tx, caller, now, 'protocol.edit-draft', before.id, { parameters: before.parameters, note: before.note }, draft);
      return detailIn(tx, before.id, now);
    });
  }

  withdraw(caller: Caller, input: Input<typeof withdrawProtocolDraft>): Promise<ProtocolVersionDetail> {
    const { reason } = input.body;
    return this.commands.run(caller, withdrawProtocolDraft, input, async (tx, now) => {
      const { id } = await this.open(tx, input.params.versionId, now);
      await writeWithdrawal(tx, id, { now, membershipId: caller.membershipId, reason });
      await this.told(tx, caller, now, 'protocol.withdraw', id, { state: 'draft' }, { state: 'withdrawn', reason });
      return detailIn(tx, id, now);
    });
  }

  async sign(caller: Caller, input: Input<typeof signProtocol>): Promise<ProtocolVersionDetail> {
    const signed = await this.commands.run(caller, signProtocol, input, async (tx, came) => {
      const { id, basedOn, parameters } = await this.open(tx, input.params.versionId, came, caller.ifMatch);
      const now = await timeOfTurn(tx, came);
      refuseOutOfRange({ ...parameters });
      const inForceFrom = effectOf(input.body.inForceFrom, now, caller.timeZone);
      // What was read is the difference to the basis: it must be the difference to what is in force when this takes effect.
      const before = await protocolInForce(tx, inForceFrom);
      if (before.id !== basedOn?.id)
        throw problem('state-changed', {
          detail: `Version ${before.number} is in force by then, and the draft was made from version ${basedOn?.number}. Base the draft on it and look at it again.`,
        });
      await writeSignature(tx, id, { now, membershipId: caller.membershipId, inForceFrom });
      await this.told(tx, caller, now, 'protocol.sign', id, { state: 'draft' }, { state: 'signed', inForceFrom, parameters });
      return detailIn(tx, id, now);
    });
    // After the commit; a queue that is away is made up for by the scheduler.
    if (signed.inForce) await this.queues.enqueue('apply-protocol-versions', {});
    return signed;
  }

  /** The draft, nobody else writing the protocol meanwhile. */
  private async open(tx: Tx, versionId: string, now: Instant, ifMatch?: number): Promise<StoredVersion> {
    await takeTurn(tx);
    const version = await versionIn(tx, versionId, now);
    if (version.state !== 'draft') throw problem('state-changed', { detail: `Version ${version.number} is ${version.state} already.` });
    if (ifMatch !== undefined && ifMatch !== version.version) throw problem('stale-version');
    return version;
  }

  private async told(tx: Tx, caller: Caller, now: Instant, action: AuditAction, subjectId: string, before: unknown, after: unknown) {
    await audit(tx, caller, now, { action, subjectType: 'protocol-version', subjectId, before, after });
    await notifyChange(tx, 'protocol');
  }
}

async function versionIn(tx: Tx, versionId: string, now: Instant): Promise<StoredVersion> {
  const version = await findVersion(tx, versionId, now);
  if (!version) throw problem('not-found', { detail: 'There is no such version of the protocol.' });
  return version;
}

async function detailIn(tx: Tx, versionId: string, now: Instant): Promise<ProtocolVersionDetail> {
  const { basisParameters, ...version } = await versionIn(tx, versionId, now);
  const parameters: Record<string, number | string> = { ...version.parameters };
  return { ...version, parameters, changes: basisParameters ? changesOf({ ...basisParameters }, parameters) : [] };
}

async function basisOf(tx: Tx, versionId: string): Promise<Basis> {
  const basis = await findDecided(tx, versionId);
  if (!basis) throw invalid('/basedOn', 'unknown', 'is not a signed version of this clinic');
  return basis;
}

/** A new version says every parameter, also those its basis was signed too early to have. */
function draftOn({ id: basedOn, parameters: basis }: Basis, { parameters: changes, note }: DraftProtocol): Draft {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const parameters = { ...PROTOCOL_DEFAULTS, ...basis, ...given };
  refuseOutOfRange(parameters);
  if (changesOf({ ...basis }, parameters).length === 0)
    throw invalid('/parameters', 'no-change', 'say the same as the version the draft is based on');
  return { basedOn, parameters, note };
}

function refuseOutOfRange(parameters: Record<string, unknown>): void {
  const issues = checkProtocol(parameters);
  if (issues.length > 0)
    throw problem('invalid-input', {
      issues: issues.map((issue) => {
        const limit = issue.code === 'below-minimum' ? issue.facts.min : issue.code === 'above-maximum' ? issue.facts.max : undefined;
        return {
          pointer: `/parameters/${issue.parameter}`,
          code: issue.code,
          message: messageOf(issue),
          ...(limit !== undefined && { facts: { limit } }),
        };
      }),
    });
}

function messageOf({ code, facts: { min, max, unit, options, than } }: ProtocolIssue): string {
  switch (code) {
    case 'unknown':
      return 'is not a parameter of the protocol';
    case 'missing':
      return 'is missing';
    case 'not-a-choice':
      return `is none of ${options?.join(', ')}`;
    case 'not-after':
      return `must be more than ${than}`;
    default:
      return `must be a ${code === 'not-an-integer' ? 'whole number' : 'number'} from ${min} to ${max} (${unit})`;
  }
}

function changesOf(from: Record<string, number | string>, to: Record<string, number | string>): ProtocolVersionDetail['changes'] {
  const names = [...new Set([...Object.keys(PROTOCOL_DEFAULTS), ...Object.keys(to)])];
  return names.flatMap((parameter) => {
    const value = to[parameter];
    if (value === undefined || value === from[parameter]) return [];
    const unit = PROTOCOL_PARAMETERS[parameter as ParameterName]?.unit ?? null;
    return [{ parameter, from: from[parameter] ?? null, to: value, unit }];
  });
}

/** Never in the past: what was found and due this morning was found under the version of this morning. */
function effectOf(wanted: 'now' | ClinicDate, now: Instant, zone: string): Instant {
  if (wanted === 'now') return now;
  const today = dateInZone(now, zone);
  if (wanted < today) throw invalid('/inForceFrom', 'past', 'lies in the past');
  if (wanted > addMonths(today, AHEAD_MONTHS)) throw invalid('/inForceFrom', 'too-far-ahead', 'lies more than a year ahead');
  return wanted === today ? now : startOfDay(wanted, zone);
}
