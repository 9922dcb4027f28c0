/** Recording, correcting and taking back injections. The rules decide; what follows from a dose is recomputed with it. */
import { Injectable } from '@nestjs/common';
import {
  type Assessment,
  adviseSites,
  checkInjection,
  dateInZone,
  type Finding,
  type Instant,
  isBlocked,
  mayOverride,
  type ProposedInjection,
  type SiteId,
  triage,
} from '@vastus/clinical';
import {
  type AmendInjection,
  type Answer,
  amendInjection,
  type Changes,
  type CheckInjection,
  type checkInjectionRoute,
  type Injection,
  type Input,
  type IssueCode,
  type ProblemIssue,
  type RecordInjection,
  recordInjection,
  voidInjection,
} from '@vastus/contract';
import { insert, json, newId, type Tx } from '@vastus/db';
import { audit, auditList } from '../../platform/audit.js';
import { Clock, isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import { type Caller, permits } from '../../platform/routing/caller.js';
import { type LoadedFacts, ObligationsService } from '../obligations/obligations.service.js';
import { type InjectionFilter, injectionById, pageOfInjections } from './injections.store.js';

const CHART_LIMIT = 200;

interface Formulary {
  product: {
    id: string;
    substance: ProposedInjection['substance'];
    routes: ProposedInjection['productRoutes'];
    defaultDoseMicrograms: number;
  };
  lot: { id: string; expiresOn: string; status: 'usable' | 'on-hold' | 'recalled' } | null;
}
type Dose = Omit<RecordInjection, 'override' | 'alreadyGiven'>;

@Injectable()
export class InjectionsService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly obligations: ObligationsService,
  ) {}

  /** What the rules say now, and how the sites rank. Writes nothing; a form that is not complete yet is checked as far as it goes. */
  check(caller: Caller, patientId: string, form: CheckInjection): Promise<Answer<typeof checkInjectionRoute>> {
    const now = this.clock.now();
    return this.commands.read(caller, async (tx) => {
      const loaded = await this.obligations.loadFacts(tx, patientId, now);
      const course = loaded.facts.courses.find((c) => c.id === form.courseId);
      if (!course) throw invalid('/courseId', 'unknown', 'is not a course of this patient');
      const { product, lot } = await readFormulary(tx, form.productId ?? course.productId, form.lotId);
      const findings = checkInjection(
        proposed(
          { ...form, doseMicrograms: form.doseMicrograms ?? course.doseMicrograms, givenAt: form.givenAt ?? now, productId: product.id },
          { product, lot },
          form.baselineRecorded,
        ),
        loaded.facts,
        loaded.protocol,
        now,
      );
      const today = dateInZone(form.givenAt ?? now, loaded.facts.zone);
      const sites = adviseSites(loaded.facts, loaded.protocol, today, { volumeMl: form.volumeMl, skinFindings: form.skinFindings });
      return { findings, blocked: isBlocked(findings), sites };
    });
  }

  record(caller: Caller, input: Input<typeof recordInjection>): Promise<{ injection: Injection; changes: Changes }> {
    const {
      params: { patientId },
      body,
    } = input;
    return this.commands.run(caller, recordInjection, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      return this.store(tx, caller, now, patientId, body, null);
    });
  }

  /** A new version that names the old one; whatever followed from the old follows from the new. */
  amend(caller: Caller, input: Input<typeof amendInjection>): Promise<{ injection: Injection; changes: Changes }> {
    const {
      params: { injectionId },
      body,
    } = input;
    return this.commands.run(caller, amendInjection, input, async (tx, now) => {
      const before = await this.effective(tx, injectionId);
      await tx.query(`UPDATE injection SET state = 'superseded' WHERE clinic_id = $1 AND id = $2`, [tx.clinicId, injectionId]);
      return this.store(tx, caller, now, before.patient.id, body, { replacesId: injectionId, amendReason: body.amendReason, before });
    });
  }

  /** Entered in error. The dose alert it had closed comes back, and the answer says so. */
  void(caller: Caller, input: Input<typeof voidInjection>): Promise<{ injection: Injection; changes: Changes }> {
    const {
      params: { injectionId },
      body: { reason },
    } = input;
    return this.commands.run(caller, voidInjection, input, async (tx, now) => {
      const before = await this.effective(tx, injectionId);
      await tx.query(
        `UPDATE injection SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5 WHERE clinic_id = $1 AND id = $2`,
        [tx.clinicId, injectionId, now, caller.membershipId, reason],
      );
      const changes = await this.obligations.recompute(tx, before.patient.id, now);
      const injection = (await injectionById(tx, injectionId))!;
      await audit(tx, caller, now, {
        action: 'injection.void',
        subjectType: 'injection',
        subjectId: injectionId,
        patientId: before.patient.id,
        before,
        after: injection,
      });
      return { injection, changes };
    });
  }

  list(caller: Caller, filter: InjectionFilter) {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      await auditList(tx, caller, now, 'injection.read', filter);
      return pageOfInjections(tx, filter);
    });
  }

  async read(caller: Caller, injectionId: string): Promise<Injection> {
    const now = this.clock.now();
    return this.commands.runAsSystem(caller, async (tx) => {
      const injection = await injectionById(tx, injectionId);
      if (!injection) throw problem('not-found');
      await audit(tx, caller, now, {
        action: 'injection.read',
        subjectType: 'injection',
        subjectId: injectionId,
        patientId: injection.patient.id,
      });
      return injection;
    });
  }

  /** The latest injections of a patient in every state, for the chart. */
  async ofPatient(tx: Tx, patientId: string): Promise<Injection[]> {
    return (await pageOfInjections(tx, { patientId, limit: CHART_LIMIT })).items;
  }

  /** The injection as it stands, its patient taken for this transaction; a voided or superseded one is `state-changed`. */
  private async effective(tx: Tx, injectionId: string): Promise<Injection> {
    const found = await injectionById(tx, injectionId);
    if (!found) throw problem('not-found');
    await this.obligations.lock(tx, found.patient.id);
    const injection = (await injectionById(tx, injectionId))!;
    if (injection.state !== 'effective') throw problem('state-changed', { detail: `The injection is ${injection.state} already.` });
    return injection;
  }

  private async store(
    tx: Tx,
    caller: Caller,
    now: Instant,
    patientId: string,
    body: RecordInjection | AmendInjection,
    amends: { replacesId: string; amendReason: string; before: Injection } | null,
  ): Promise<{ injection: Injection; changes: Changes }> {
    const loaded = await this.obligations.loadFacts(tx, patientId, now);
    const formulary = await readFormulary(tx, body.productId, body.lotId);
    assertPossible(body, loaded, formulary, now);
    const given = body.status === 'given';
    const findings = given
      ? checkInjection(proposed(body, formulary, hasBaseline(body), amends?.replacesId), loaded.facts, loaded.protocol, now)
      : [];
    const answer = given ? answerToBlocks(caller, body, findings) : NO_ANSWER;

    const id = newId();
    await insert(tx, 'injection', {
      clinicId: tx.clinicId,
      id,
      patientId,
      courseId: body.courseId,
      productId: body.productId,
      lotId: body.lotId,
      status: body.status,
      notGivenReason: body.notGivenReason,
      doseMicrograms: body.doseMicrograms,
      volumeMl: body.volumeMl,
      route: body.route,
      site: body.site,
      needleGauge: body.needleGauge,
      needleLengthMm: body.needleLengthMm,
      aspirated: body.aspirated,
      skinFindings: body.skinFindings,
      givenAt: body.givenAt,
      givenOn: dateInZone(body.givenAt, loaded.facts.zone),
      givenBy: body.selfReported ? null : caller.name,
      selfReported: body.selfReported,
      identityChecked: body.identityChecked,
      baseline: json(body.baseline),
      note: body.note,
      findings: json(findings),
      blocked: isBlocked(findings),
      overrideReason: answer.overrideReason,
      overrideBy: answer.overrideReason ? caller.membershipId : null,
      againstStop: answer.stopReason !== null,
      stopReason: answer.stopReason,
      replacesId: amends?.replacesId ?? null,
      amendReason: amends?.amendReason ?? null,
      recordedAt: now,
      recordedBy: caller.membershipId,
    });
    if (amends) await followCorrection(tx, amends.replacesId, { id, site: body.site, status: body.status });
    const changes = await this.obligations.recompute(tx, patientId, now);
    const injection = (await injectionById(tx, id))!;
    await audit(tx, caller, now, {
      action: amends ? 'injection.amend' : 'injection.record',
      subjectType: 'injection',
      subjectId: id,
      patientId,
      before: amends?.before,
      after: injection,
    });
    return { injection, changes };
  }
}

const NO_ANSWER = { overrideReason: null, stopReason: null };

/** A block is answered by a physician's override or by the truth (REC-TRUTH); unanswered, nothing is written. */
function answerToBlocks(
  caller: Caller,
  body: Pick<RecordInjection, 'override' | 'alreadyGiven'>,
  findings: Finding[],
): { overrideReason: string | null; stopReason: string | null } {
  if (body.override && body.alreadyGiven)
    throw invalid('/override', 'contradiction', 'is for a dose still to be given; alreadyGiven says it was');
  if (!isBlocked(findings)) return NO_ANSWER;
  if (body.alreadyGiven) return { overrideReason: null, stopReason: body.alreadyGiven.reason };
  if (body.override) {
    if (!permits(caller, 'injection.override'))
      throw problem('not-permitted', { permission: 'injection.override', detail: 'A physician decides this.' });
    if (!mayOverride(findings)) throw blocked(findings);
    return { overrideReason: body.override.reason, stopReason: null };
  }
  throw blocked(findings);
}

const blocked = (findings: Finding[]) => problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });

function proposed(
  dose: Pick<
    Dose,
    'courseId' | 'productId' | 'route' | 'site' | 'doseMicrograms' | 'volumeMl' | 'givenAt' | 'skinFindings' | 'selfReported'
  > & { alreadyGiven?: RecordInjection['alreadyGiven'] },
  { product, lot }: Formulary,
  baselineRecorded: boolean,
  amendsInjectionId: string | null = null,
): ProposedInjection {
  return {
    courseId: dose.courseId,
    productId: product.id,
    substance: product.substance,
    route: dose.route,
    site: dose.site,
    doseMicrograms: dose.doseMicrograms,
    volumeMl: dose.volumeMl,
    givenAt: dose.givenAt,
    lot,
    lotUnknown: !lot && !dose.selfReported && Boolean(dose.alreadyGiven),
    skinFindings: dose.skinFindings,
    baselineRecorded,
    productRoutes: product.routes,
    selfReported: dose.selfReported,
    amendsInjectionId,
  };
}

/** Whether anything was examined: the row with nothing in it is no baseline (MON-NEURO). */
function hasBaseline({ baseline }: Pick<Dose, 'baseline'>): boolean {
  return baseline !== null && (baseline.pain !== null || baseline.sensory !== null || baseline.motor !== null);
}

/** What cannot have happened is refused field by field, before any rule is asked. */
function assertPossible(
  dose: Dose & { alreadyGiven: RecordInjection['alreadyGiven'] },
  { facts }: LoadedFacts,
  { lot }: Formulary,
  now: Instant,
): void {
  const issues: ProblemIssue[] = [];
  const refuse = (pointer: string, code: IssueCode, message: string) => issues.push({ pointer, code, message });
  if (!facts.courses.some((c) => c.id === dose.courseId)) refuse('/courseId', 'unknown', 'is not a course of this patient');
  if (isFuture(dose.givenAt, now)) refuse('/givenAt', 'future', 'lies in the future');
  if (dateInZone(dose.givenAt, facts.zone) < facts.patient.birthDate)
    refuse('/givenAt', 'before-birth', 'lies before the patient was born');
  if (dose.status === 'not-given') {
    if (!dose.notGivenReason) refuse('/notGivenReason', 'required', 'says why the dose was not given');
  } else if (!dose.alreadyGiven) {
    // A dose that was given is the truth even where site or vial are not known any more: the rules then speak instead (REC-TRUTH).
    if (dose.route === 'IM' && !dose.site) refuse('/site', 'required', 'is required for an intramuscular dose');
    if (!lot && !dose.selfReported) refuse('/lotId', 'required', 'is required for a dose given in the clinic');
  }
  if (issues.length > 0) throw problem('invalid-input', { issues });
}

async function readFormulary(tx: Tx, productId: string, lotId: string | null): Promise<Formulary> {
  const product = await tx.maybe<Formulary['product']>(
    `SELECT id, substance, routes, default_dose_micrograms FROM product WHERE clinic_id = $1 AND id = $2`,
    [tx.clinicId, productId],
  );
  if (!product) throw invalid('/productId', 'unknown', 'is not a product of this clinic');
  if (!lotId) return { product, lot: null };
  const lot = await tx.maybe<NonNullable<Formulary['lot']> & { productId: string }>(
    `SELECT id, product_id, expires_on, status FROM lot WHERE clinic_id = $1 AND id = $2`,
    [tx.clinicId, lotId],
  );
  if (!lot) throw invalid('/lotId', 'unknown', 'is not a lot of this clinic');
  if (lot.productId !== productId) throw invalid('/lotId', 'other-product', 'is a lot of another product');
  return { product, lot };
}

/** An event suspected of the old version is suspected of the new one – its nerve and the restricted limb follow the site – and a dose observed in training is the new one. */
async function followCorrection(tx: Tx, oldId: string, { id, site, status }: Pick<Injection, 'id' | 'site' | 'status'>): Promise<void> {
  const events = await tx.many<{ id: string; assessment: Assessment; site: SiteId | null }>(
    `SELECT id, assessment, site FROM adverse_event WHERE clinic_id = $1 AND injection_id = $2 AND state = 'effective'`,
    [tx.clinicId, oldId],
  );
  await tx.query(
    `UPDATE self_injection_training SET injection_id = $3 WHERE clinic_id = $1 AND injection_id = $2 AND state = 'effective'`,
    [tx.clinicId, oldId, id],
  );
  for (const event of events) {
    const at = status === 'given' ? site : event.site;
    await tx.query(`UPDATE adverse_event SET injection_id = $3, site = $4, triage = $5 WHERE clinic_id = $1 AND id = $2`, [
      tx.clinicId,
      event.id,
      id,
      at,
      json(triage(event.assessment, at)),
    ]);
  }
}
