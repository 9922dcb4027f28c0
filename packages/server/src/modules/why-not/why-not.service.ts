// "Why is there no alert?" – answered by the functions that make the alerts, from the facts as they are now.
import { Injectable } from '@nestjs/common';
import { explainAbsence, RULES, type RuleId } from '@vastus/clinical';
import { type Answer, explainWhyNot, type Input } from '@vastus/contract';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { explainRule } from '../rules/explain.js';

const ALL = Object.keys(RULES) as RuleId[];

@Injectable()
export class WhyNotService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
  ) {}

  explain(caller: Caller, input: Input<typeof explainWhyNot>): Promise<Answer<typeof explainWhyNot>> {
    const { patientId } = input.params;
    const { rule } = input.query;
    return this.commands.run(caller, explainWhyNot, input, async (tx, now) => {
      const { facts, protocol } = await this.obligations.loadFacts(tx, patientId, now);
      const milestones = await this.obligations.milestonesOf(tx, patientId);
      const items = (rule === undefined ? ALL : [rule]).map((ruleId) => ({
        ...explainAbsence(ruleId, facts, protocol, now),
        rule: explainRule(ruleId, protocol),
        alerts: milestones.flatMap(({ id, ruleId: own, alertId, alertState }) =>
          own === ruleId && alertId && alertState ? [{ id: alertId, state: alertState, milestoneId: id }] : [],
        ),
      }));
      await audit(tx, caller, now, {
        action: 'patient.explain',
        subjectType: 'patient',
        subjectId: patientId,
        patientId,
        after: { rule: rule ?? 'all' },
      });
      return { items };
    });
  }
}
