import { Controller } from '@nestjs/common';
import {
  acknowledgeAlert,
  acknowledgeAlerts,
  countAlerts,
  dismissAlert,
  type Input,
  listAlerts,
  readAlert,
  readAlertQueue,
  resolveAlert,
  snoozeAlert,
  undoAlert,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { AlertsService } from './alerts.service.js';

@Controller()
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Handles(listAlerts)
  list(@By() caller: Caller, @In() { query }: Input<typeof listAlerts>) {
    return this.alerts.list(caller, query);
  }

  @Handles(readAlertQueue)
  queue(@By() caller: Caller, @In() { query }: Input<typeof readAlertQueue>) {
    return this.alerts.queue(caller, query);
  }

  @Handles(countAlerts)
  count(@By() caller: Caller, @In() { query }: Input<typeof countAlerts>) {
    return this.alerts.count(caller, query.ownerRole);
  }

  @Handles(readAlert)
  read(@By() caller: Caller, @In() { params }: Input<typeof readAlert>) {
    return this.alerts.read(caller, params.alertId);
  }

  @Handles(acknowledgeAlert)
  acknowledge(@By() caller: Caller, @In() input: Input<typeof acknowledgeAlert>) {
    return this.alerts.acknowledge(caller, input);
  }

  @Handles(acknowledgeAlerts)
  acknowledgeTogether(@By() caller: Caller, @In() input: Input<typeof acknowledgeAlerts>) {
    return this.alerts.acknowledgeTogether(caller, input);
  }

  @Handles(undoAlert)
  undo(@By() caller: Caller, @In() input: Input<typeof undoAlert>) {
    return this.alerts.undo(caller, input);
  }

  @Handles(snoozeAlert)
  snooze(@By() caller: Caller, @In() input: Input<typeof snoozeAlert>) {
    return this.alerts.snooze(caller, input);
  }

  @Handles(resolveAlert)
  resolve(@By() caller: Caller, @In() input: Input<typeof resolveAlert>) {
    return this.alerts.resolve(caller, input);
  }

  @Handles(dismissAlert)
  dismiss(@By() caller: Caller, @In() input: Input<typeof dismissAlert>) {
    return this.alerts.dismiss(caller, input);
  }
}
