// Random histories through the routes people use. What a step speaks about is looked up when it is taken; a step that finds nothing to speak
// about does nothing, and a refusal is an answer like any other.
import {
  acknowledgeAlert,
  amendInjection,
  amendLabResult,
  applyForSelfInjection,
  approveSelfInjection,
  type Chart,
  decideRoute,
  dismissAlert,
  draftProtocol,
  editPatient,
  endCourse,
  endLoading,
  endSelfInjection,
  examineAdverseEvent,
  type Lot,
  readChart,
  recordAdverseEvent,
  recordInjection,
  recordLabResult,
  recordRuleOut,
  recordSymptomScore,
  recordTraining,
  recordWorkUp,
  resolveAlert,
  signProtocol,
  snoozeAlert,
  startCourse,
  voidAdverseEvent,
  voidInjection,
  voidLabResult,
  voidRuleOut,
  voidSymptomScore,
} from '@vastus/contract';
import * as build from './build.js';
import { APPLICATION } from './follow-up-requests.js';
import type { Step } from './random-steps.js';
import type { TestApi, TestClinic } from './test-api.js';

const REASON = 'a reason that is long enough';

/** One patient to whom a history happens. */
export class RandomHistory {
  private constructor(
    private readonly api: TestApi,
    private readonly clinic: TestClinic,
    readonly patientId: string,
    private readonly lots: Lot[],
  ) {}

  static async begin(api: TestApi, clinic: TestClinic): Promise<RandomHistory> {
    const lots = [];
    for (const substance of ['hydroxocobalamin', 'cyanocobalamin', 'methylcobalamin'] as const)
      lots.push(await build.lot(clinic, { substance }));
    const { id } = await build.patient(clinic);
    await build.course(clinic, id, { cause: 'unknown' });
    return new RandomHistory(api, clinic, id, lots);
  }

  async take(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const chart = await this.clinic.physician.ok(readChart, { params: this.params });
      const reply = await this.act(step, chart);
      if (reply && reply.status >= 500) throw new Error(`${step.does} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
  }

  private get params() {
    return { patientId: this.patientId };
  }

  private ago(hoursAgo: number): string {
    return new Date(Date.parse(this.api.clock.now()) - hoursAgo * 3_600_000).toISOString();
  }

  private dose(chart: Chart, course: Chart['courses'][number], fields: object) {
    const lot = this.lots.find(({ productId }) => productId === course.productId);
    return lot && chart ? build.dose(course, lot, this.api.clock.now(), fields) : undefined;
  }

  private async act(step: Step, chart: Chart): Promise<{ status: number; body: unknown } | undefined> {
    const { physician, nurse } = this.clinic;
    const params = this.params;
    const effective = <T extends { state: string }>(all: readonly T[]) => all.filter(({ state }) => state === 'effective');
    const pick = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(1, all.length)];
    const course = 'course' in step && typeof step.course === 'number' ? pick(chart.courses, step.course) : undefined;
    switch (step.does) {
      case 'dose': {
        const baseline = { pain: step.pain, sensory: null, motor: null };
        const body =
          course && this.dose(chart, course, { site: step.site, givenAt: this.ago(step.hours), selfReported: step.home, baseline });
        if (!body) return undefined;
        const answer = step.answer ? { [step.answer]: { reason: REASON } } : {};
        const notGiven = step.given ? {} : { status: 'not-given' as const, notGivenReason: 'felt unwell' };
        return (step.answer === 'override' ? physician : nurse).call(recordInjection, {
          params,
          body: { ...body, ...answer, ...notGiven },
        });
      }
      case 'amend dose': {
        const old = pick(effective(chart.injections), step.nth);
        const of = old && chart.courses.find(({ id }) => id === old.courseId);
        const body =
          of &&
          this.dose(chart, of, {
            site: step.site,
            givenAt: this.ago(step.hours),
            baseline: { pain: step.pain, sensory: null, motor: null },
          });
        if (!old || !body) return undefined;
        return nurse.call(amendInjection, {
          params: { injectionId: old.id },
          body: { ...body, alreadyGiven: { reason: REASON }, amendReason: REASON },
        });
      }
      case 'void dose': {
        const old = pick(effective(chart.injections), step.nth);
        return old && nurse.call(voidInjection, { params: { injectionId: old.id }, body: { reason: REASON } });
      }
      case 'event': {
        const dose = pick(
          effective(chart.injections).filter(({ status }) => status === 'given'),
          step.nth,
        );
        const { onset, motor, distribution, course: felt, radiatingPain } = step;
        const onsetAt = dose ? new Date(Date.parse(dose.givenAt) + step.minutes * 60_000).toISOString() : this.ago(step.minutes / 60);
        const assessment = { onset, motor, distribution, course: felt, radiatingPain, lossOfConsciousness: null, siteFindings: null };
        return nurse.call(recordAdverseEvent, { params, body: { injectionId: dose?.id ?? null, onsetAt, assessment } });
      }
      case 'examine': {
        const event = pick(effective(chart.events), step.nth);
        const { course: found, motorDeficit, study } = step;
        const body = { examinedAt: this.ago(step.hours), course: found, motorDeficit, electrodiagnosticStudy: study };
        return event && physician.call(examineAdverseEvent, { params: { eventId: event.id }, body });
      }
      case 'void event': {
        const event = pick(effective(chart.events), step.nth);
        return event && physician.call(voidAdverseEvent, { params: { eventId: event.id }, body: { reason: REASON } });
      }
      case 'decide':
        return physician.call(decideRoute, { params, body: { decision: step.decision, reason: REASON, overrideReason: REASON } });
      case 'result': {
        const [loinc, unit, factor] = step.what;
        const body = { loinc, unit, value: step.level * factor, collectedAt: this.ago(step.hours) };
        return nurse.call(recordLabResult, { params, body });
      }
      case 'amend result': {
        const old = pick(effective(chart.labResults), step.nth);
        if (!old) return undefined;
        const { loinc, unit, collectedAt } = old;
        const body = { loinc, unit, collectedAt, value: step.level, amendReason: REASON };
        return nurse.call(amendLabResult, { params: { resultId: old.id }, body });
      }
      case 'void result': {
        const old = pick(effective(chart.labResults), step.nth);
        return old && nurse.call(voidLabResult, { params: { resultId: old.id }, body: { reason: REASON } });
      }
      case 'score': {
        const { pain, sensory, motor } = step;
        return nurse.call(recordSymptomScore, { params, body: { scoredAt: this.ago(step.hours), pain, sensory, motor } });
      }
      case 'void score': {
        const scored = chart.symptomScores.filter(({ source }) => source === 'scored');
        const old = pick(effective(scored), step.nth);
        return old && nurse.call(voidSymptomScore, { params: { scoreId: old.id }, body: { reason: REASON } });
      }
      case 'rule out': {
        const old = effective(chart.ruleOuts).find(({ item }) => item === step.item);
        if (step.void && old) return nurse.call(voidRuleOut, { params: { ruleOutId: old.id }, body: { reason: REASON } });
        return nurse.call(recordRuleOut, { params, body: { item: step.item, finding: 'normal', doneOn: this.clinic.today } });
      }
      case 'self-injection':
        return course && this.selfInject(step.step, chart, course.id);
      case 'edit': {
        const { recordNumber, familyName, givenName, birthDate, sex, version } = chart.patient;
        const { renalDysfunction, folicAcidMgPerDay, died } = step;
        const allergies = [...step.allergies];
        const deceasedOn = died ? this.clinic.today : null;
        const body = { recordNumber, familyName, givenName, birthDate, sex, renalDysfunction, folicAcidMgPerDay, allergies, deceasedOn };
        return physician.call(editPatient, { params, headers: { 'if-match': `"${version}"` }, body: { ...body, overrideReason: REASON } });
      }
      case 'start': {
        const { id: productId } = await build.product(this.clinic, step.substance);
        const startedOn = this.ago(24 * step.daysAgo).slice(0, 10);
        const { regimen, neurological: neurologicalInvolvement, anemia: anemiaAtBaseline } = step;
        const body = { productId, regimen, neurologicalInvolvement, anemiaAtBaseline, cause: 'unknown' as const, startedOn };
        return physician.call(startCourse, { params, body });
      }
      case 'end loading':
        return (
          course &&
          nurse.call(endLoading, { params: { courseId: course.id }, body: { on: this.clinic.today, statement: 'no further improvement' } })
        );
      case 'end course':
        return (
          course &&
          physician.call(endCourse, {
            params: { courseId: course.id },
            body: { on: this.clinic.today, reason: step.reason, overrideReason: REASON },
          })
        );
      case 'work-up':
        return (
          course &&
          nurse.call(recordWorkUp, {
            params: { courseId: course.id },
            body: { cause: step.cause },
            headers: { 'if-match': `"${course.version}"` },
          })
        );
      case 'act': {
        const alert = pick(
          chart.alerts.filter(({ state }) => ['open', 'acknowledged', 'snoozed'].includes(state)),
          step.nth,
        );
        if (!alert) return undefined;
        const of = { params: { alertId: alert.id } };
        if (step.how === 'acknowledge') return physician.call(acknowledgeAlert, { ...of, body: {} });
        if (step.how === 'snooze')
          return physician.call(snoozeAlert, {
            ...of,
            body: { until: this.ago(-20), reason: 'tomorrow' },
            headers: { 'if-match': `"${alert.version}"` },
          });
        if (step.how === 'resolve') return physician.call(resolveAlert, { ...of, body: { outcome: 'done' } });
        return physician.call(dismissAlert, { ...of, body: { reason: REASON } });
      }
      case 'sign':
        return this.sign(step.parameters, step.inDays);
      case 'wait':
        await this.api.clock.advance({ hours: step.hours });
        if (!step.jobs) return undefined;
        await this.api.runJob('apply-protocol-versions', {});
        await this.api.runJob('raise-due-alerts', {});
        await this.api.runJob('escalate-overdue-alerts', {});
        return undefined;
    }
  }

  /** Drafts on what is in force by then and signs it: at once, or for a day to come. */
  private async sign(parameters: Record<string, number | string>, inDays: number) {
    const inForceFrom = inDays === 0 ? 'now' : this.ago(-24 * inDays).slice(0, 10);
    const drafted = await this.clinic.administrator.call(draftProtocol, { body: { parameters } });
    if (drafted.status !== 201) return drafted;
    const { id, version } = drafted.body as { id: string; version: number };
    return this.clinic.physician.call(signProtocol, {
      params: { versionId: id },
      body: { inForceFrom },
      headers: { 'if-match': `"${version}"` },
    });
  }

  private selfInject(step: 'apply' | 'train' | 'approve' | 'end', chart: Chart, courseId: string) {
    const { physician, nurse } = this.clinic;
    const params = this.params;
    const dose = chart.injections.find((given) => given.courseId === courseId && given.state === 'effective' && !given.selfReported);
    const [approval] = chart.selfInjection.find((programme) => programme.courseId === courseId)?.approvals ?? [];
    if (step === 'apply') return nurse.call(applyForSelfInjection, { params, body: { courseId, ...APPLICATION, plannedUntil: null } });
    if (step === 'approve') return physician.call(approveSelfInjection, { params, body: { courseId, overrideReason: REASON } });
    if (step === 'end') return approval && nurse.call(endSelfInjection, { params: { approvalId: approval.id }, body: { reason: REASON } });
    const items = (['needle-and-site', 'depth-and-angle', 'comfort', 'sharps-disposal', 'recognizing-reactions'] as const).map((item) => ({
      item,
    }));
    const observed = dose ? [{ item: 'observed-dose' as const, injectionId: dose.id }] : [];
    return nurse.call(recordTraining, { params, body: { courseId, items: [...items, ...observed], trainedOn: this.clinic.today } });
  }
}
