import { Controller } from '@nestjs/common';
import { type Input, readChart, readTimeline } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ChartService } from './chart.service.js';

@Controller()
export class ChartController {
  constructor(private readonly chart: ChartService) {}

  @Handles(readChart)
  read(@By() caller: Caller, @In() input: Input<typeof readChart>) {
    return this.chart.read(caller, input);
  }

  @Handles(readTimeline)
  timeline(@By() caller: Caller, @In() input: Input<typeof readTimeline>) {
    return this.chart.timeline(caller, input);
  }
}
