// What keeps a needle away from a patient, and who decides about it: the IM hold with its route decision, and restricted sites.
// Hold and limb restrictions follow from events and are written by the obligations; only what a person decides is written here.
import { Injectable } from '@nestjs/common';
import {
  addMonths,
  type ClinicDate,
  checkRouteDecision,
  dateInZone,
  FINDING_CODES,
  type Finding,
  isBlocked,
  type SiteId,
} from '@vastus/clinical';
import {
  type Answer,
  decideRoute,
  type Hold,
  type Input,
  liftRestriction,
  type RouteDecision,
  restrictSites,
  type SiteRestriction,
} from '@vastus/contract';
import { insert, json, newId, statement, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { PatientsService } from './patients.service.js';

const OPEN_HOLD = statement(
  'hold-of-patient',
  'SELECT id, since, cause_event_ids FROM hold WHERE clinic_id = $1 AND patient_id = $2 AND lifted_at IS NULL',
);
const RESTRICTIONS = statement(
  'restrictions-in-force',
  `SELECT id, sites, reason, since, until, cause_event_id FROM site_restriction
    WHERE clinic_id = $1 AND patient_id = $2 AND lifted_at IS NULL AND (until IS NULL OR until >= $3) ORDER BY since, id`,
);
const DECISIONS = statement(
  'route-decisions-of-patient',
  `SELECT d.id, d.decision, d.reason, d.decided_at, u.name AS decided_by_name
     FROM route_decision d
     JOIN membership m ON m.clinic_id = d.clinic_id AND m.id = d.decided_by
     JOIN auth."user" u ON u.id = m.user_id
    WHERE d.clinic_id = $1 AND d.patient_id = $2 ORDER BY d.decided_at DESC, d.id DESC`,
);
const RESTRICTION = statement('restriction-patient', 'SELECT patient_id FROM site_restriction WHERE clinic_id = $1 AND id = $2');
const RESTRICTION_LOCKED = statement(
  'restriction-to-lift',
  'SELECT id, patient_id, sites, reason, cause_event_id, lifted_at FROM site_restriction WHERE clinic_id = $1 AND id = $2 FOR UPDATE',
);
const LIFT = statement(
  'lift-restriction',
  'UPDATE site_restriction SET lifted_at = $3, lifted_by = $4, lift_reason = $5 WHERE clinic_id = $1 AND id = $2',
);

// A mistyped year would leave the site open until then.
const SINCE_AHEAD_MONTHS = 12;

interface StoredRestriction {
  id: string;
  patientId: string;
  sites: SiteId[];
  reason: string;
  causeEventId: string | null;
  liftedAt: string | null;
}

@Injectable()
export class HoldsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly patients: PatientsService,
  ) {}

  holdOf(tx: Tx, patientId: string): Promise<Hold | undefined> {
    return tx.maybe<Hold>(OPEN_HOLD, [tx.clinicId, patientId]);
  }

  /** Those that close a site today or will. */
  restrictionsOf(tx: Tx, patientId: string, today: ClinicDate): Promise<SiteRestriction[]> {
    return tx.many<SiteRestriction>(RESTRICTIONS, [tx.clinicId, patientId, today]);
  }

  routeDecisionsOf(tx: Tx, patientId: string): Promise<RouteDecision[]> {
    return tx.many<RouteDecision>(DECISIONS, [tx.clinicId, patientId]);
  }

  restrict(caller: Caller, input: Input<typeof restrictSites>): Promise<Answer<typeof restrictSites>> {
    const { patientId } = input.params;
    const { reason, since, until } = input.body;
    return this.commands.run(caller, restrictSites, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      const { birthDate } = await this.patients.patientIn(tx, patientId);
      if (since < birthDate) throw invalid('/since', 'before-birth', 'lies before the birth date');
      if (since > addMonths(dateInZone(now, caller.timeZone), SINCE_AHEAD_MONTHS))
        throw invalid('/since', 'too-far-ahead', 'lies more than a year ahead');
      if (until !== null && until < since) throw invalid('/until', 'before-start', 'lies before the restriction begins');
      const restriction = { id: newId(), sites: [...new Set(input.body.sites)], reason, since, until, causeEventId: null };
      await insert(tx, 'site_restriction', {
        clinicId: tx.clinicId,
        patientId,
        ...restriction,
        recordedAt: now,
        recordedBy: caller.membershipId,
      });
      await audit(tx, caller, now, {
        action: 'site-restriction.record',
        subjectType: 'site-restriction',
        subjectId: restriction.id,
        patientId,
        after: restriction,
      });
      const changes = await this.obligations.recompute(tx, patientId, now);
      const closed = since <= dateInZone(now, caller.timeZone) ? restriction.sites : [];
      return { restriction, changes: { ...changes, sitesRestricted: [...new Set([...changes.sitesRestricted, ...closed])] } };
    });
  }

  /** A limb closed by an event stays closed (HOLD-LIMB): only voiding the event opens it. */
  lift(caller: Caller, input: Input<typeof liftRestriction>): Promise<Answer<typeof liftRestriction>> {
    const { restrictionId } = input.params;
    return this.commands.run(caller, liftRestriction, input, async (tx, now) => {
      const { patientId } = await required(tx.maybe<StoredRestriction>(RESTRICTION, [tx.clinicId, restrictionId]));
      await this.obligations.lock(tx, patientId);
      const restriction = await tx.one<StoredRestriction>(RESTRICTION_LOCKED, [tx.clinicId, restrictionId]);
      if (restriction.causeEventId !== null) throw problem('blocked-by-rule', { findings: [limbRestricted(restriction)] });
      if (restriction.liftedAt !== null) throw problem('state-changed', { detail: 'The restriction was lifted already.' });
      await tx.query(LIFT, [tx.clinicId, restrictionId, now, caller.membershipId, input.body.reason]);
      await audit(tx, caller, now, {
        action: 'site-restriction.lift',
        subjectType: 'site-restriction',
        subjectId: restrictionId,
        patientId,
        before: { sites: restriction.sites, reason: restriction.reason },
        after: { liftReason: input.body.reason },
      });
      const changes = await this.obligations.recompute(tx, patientId, now);
      return { changes: { ...changes, sitesReleased: [...new Set([...changes.sitesReleased, ...restriction.sites])] } };
    });
  }

  /** HOLD-DECIDE. Only while a hold is open; a decision that a rule refuses needs the physician's reason for it. */
  decide(caller: Caller, input: Input<typeof decideRoute>): Promise<Answer<typeof decideRoute>> {
    const { patientId } = input.params;
    const { decision, reason, overrideReason } = input.body;
    return this.commands.run(caller, decideRoute, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      const { facts, protocol } = await this.obligations.loadFacts(tx, patientId, now);
      if (!(await this.holdOf(tx, patientId))) throw problem('state-changed', { detail: 'There is no open hold to decide about.' });
      const findings = checkRouteDecision(decision, facts, protocol);
      if (isBlocked(findings) && overrideReason === null)
        throw problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });
      const id = newId();
      const overridden = findings.map((finding) => ({ ...finding, overrideReason }));
      await insert(tx, 'route_decision', {
        clinicId: tx.clinicId,
        id,
        patientId,
        decision,
        reason,
        findings: json(overridden),
        decidedAt: now,
        decidedBy: caller.membershipId,
      });
      await audit(tx, caller, now, {
        action: 'route.decide',
        subjectType: 'route-decision',
        subjectId: id,
        patientId,
        after: { decision, reason, overrideReason, findings },
      });
      const changes = await this.obligations.recompute(tx, patientId, now);
      return { decision: { id, decision, reason, decidedAt: now, decidedByName: caller.name }, changes };
    });
  }
}

async function required<T>(row: Promise<T | undefined>): Promise<T> {
  const found = await row;
  if (!found) throw problem('not-found', { detail: 'There is no such restriction.' });
  return found;
}

function limbRestricted({ sites, causeEventId }: StoredRestriction): Record<string, unknown> {
  const finding: Finding = {
    ruleId: FINDING_CODES['limb-restricted'],
    severity: 'block',
    code: 'limb-restricted',
    field: null,
    facts: { sites, causeEventId },
  };
  return { ...finding };
}
