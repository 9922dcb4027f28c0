// Everything about one patient in one answer and one reading in the audit trail; the number of questions does not grow with the chart.
import { Injectable } from '@nestjs/common';
import { dateInZone } from '@vastus/clinical';
import { type Answer, type Chart, type Input, readChart, readTimeline } from '@vastus/contract';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';
import { AdverseEventsService } from '../adverse-events/adverse-events.service.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { ContactAttemptsService } from '../contact-attempts/contact-attempts.service.js';
import { CoursesService } from '../courses/courses.service.js';
import { InjectionsService } from '../injections/injections.service.js';
import { LabResultsService } from '../lab-results/lab-results.service.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { PainPlansService } from '../pain-plans/pain-plans.service.js';
import { HoldsService } from '../patients/holds.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { RuleOutsService } from '../rule-outs/rule-outs.service.js';
import { SelfInjectionService } from '../self-injection/self-injection.service.js';
import { SymptomScoresService } from '../symptom-scores/symptom-scores.service.js';
import { pageOfTimeline } from './timeline.store.js';

@Injectable()
export class ChartService {
  constructor(
    private readonly commands: Commands,
    private readonly patients: PatientsService,
    private readonly holds: HoldsService,
    private readonly courses: CoursesService,
    private readonly injections: InjectionsService,
    private readonly events: AdverseEventsService,
    private readonly labResults: LabResultsService,
    private readonly obligations: ObligationsService,
    private readonly alerts: AlertsService,
    private readonly scores: SymptomScoresService,
    private readonly ruleOuts: RuleOutsService,
    private readonly painPlans: PainPlansService,
    private readonly selfInjection: SelfInjectionService,
    private readonly contacts: ContactAttemptsService,
  ) {}

  read(caller: Caller, input: Input<typeof readChart>): Promise<Chart> {
    const { patientId } = input.params;
    return this.commands.run(caller, readChart, input, async (tx, now) => {
      const chart: Chart = {
        patient: await this.patients.patientIn(tx, patientId),
        hold: (await this.holds.holdOf(tx, patientId)) ?? null,
        restrictions: await this.holds.restrictionsOf(tx, patientId, dateInZone(now, caller.timeZone)),
        routeDecisions: await this.holds.routeDecisionsOf(tx, patientId),
        courses: await this.courses.ofPatient(tx, patientId, now),
        proposals: await this.courses.openProposalsOf(tx, patientId),
        injections: await this.injections.ofPatient(tx, patientId),
        events: await this.events.ofPatient(tx, patientId),
        labResults: await this.labResults.ofPatient(tx, patientId),
        milestones: await this.obligations.milestonesOf(tx, patientId),
        alerts: await this.alerts.ofPatient(tx, patientId),
        symptomScores: await this.scores.ofPatient(tx, patientId),
        ruleOuts: await this.ruleOuts.ofPatient(tx, patientId),
        painPlans: await this.painPlans.ofPatient(tx, patientId),
        contactAttempts: await this.contacts.ofPatient(tx, patientId),
        selfInjection: await this.selfInjection.ofPatient(tx, patientId, await this.obligations.loadFacts(tx, patientId, now), now),
      };
      await audit(tx, caller, now, { action: 'chart.read', subjectType: 'patient', subjectId: patientId, patientId });
      return chart;
    });
  }

  /** A part of the chart: whoever reads it is on record, page by page – a cursor can be made up. */
  timeline(caller: Caller, input: Input<typeof readTimeline>): Promise<Answer<typeof readTimeline>> {
    const { patientId } = input.params;
    return this.commands.run(caller, readTimeline, input, async (tx, now) => {
      await this.patients.patientIn(tx, patientId);
      await audit(tx, caller, now, { action: 'timeline.read', subjectType: 'patient', subjectId: patientId, patientId });
      return pageOfTimeline(tx, patientId, input.query, now);
    });
  }
}
