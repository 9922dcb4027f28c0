import { Controller } from '@nestjs/common';
import { exportAdverseEvents, type Input, noteEventFiling, printEventReport, readEventRates, readEventReport } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { EventReportsService } from './event-reports.service.js';

@Controller()
export class EventReportsController {
  constructor(private readonly reports: EventReportsService) {}

  @Handles(readEventRates)
  rates(@By() caller: Caller, @In() input: Input<typeof readEventRates>) {
    return this.reports.rates(caller, input);
  }

  @Handles(noteEventFiling)
  note(@By() caller: Caller, @In() input: Input<typeof noteEventFiling>) {
    return this.reports.note(caller, input);
  }

  @Handles(exportAdverseEvents)
  export(@By() caller: Caller, @In() input: Input<typeof exportAdverseEvents>) {
    return this.reports.export(caller, input);
  }

  @Handles(readEventReport)
  report(@By() caller: Caller, @In() input: Input<typeof readEventReport>) {
    return this.reports.report(caller, input);
  }

  @Handles(printEventReport)
  print(@By() caller: Caller, @In() input: Input<typeof printEventReport>) {
    return this.reports.print(caller, input);
  }
}
