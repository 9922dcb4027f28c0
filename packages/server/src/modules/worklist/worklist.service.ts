import { Injectable } from '@nestjs/common';
import { addDays, observationEndsAt, startOfDay } from '@vastus/clinical';
import type { Answer, Input, readSummary, readToday } from '@vastus/contract';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';
import { protocolInForce } from '../obligations/protocol-in-force.js';
import { COUNTED, countsOf, pageOfToday, SHOWN, WEEKS } from './worklist.store.js';

@Injectable()
export class WorklistService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** The nurse's day. Whose IM route is on hold is not due: the dose is still owed, and stands with the physician who decides how. */
  today(caller: Caller, { query }: Input<typeof readToday>): Promise<Answer<typeof readToday>> {
    const now = this.clock.now();
    const today = this.clock.today(caller.timeZone);
    return this.commands.read(caller, async (tx) => {
      const { items, nextCursor } = await pageOfToday(tx, query, today);
      const protocol = query.bucket === 'done' ? (await protocolInForce(tx, now)).parameters : null;
      const seen = items.map(({ selfReported, ...row }) => ({
        ...row,
        observeUntil: protocol && row.givenAt && !selfReported ? observationEndsAt(row.givenAt, protocol) : null,
      }));
      return { items: seen, nextCursor };
    });
  }

  summary(caller: Caller): Promise<Answer<typeof readSummary>> {
    const now = this.clock.now();
    const today = this.clock.today(caller.timeZone);
    const monthAgo = startOfDay(addDays(today, 1 - COUNTED), caller.timeZone);
    const days = Array.from({ length: SHOWN }, (_, i) => addDays(today, i + 1 - SHOWN));
    const weeks = Array.from({ length: WEEKS }, (_, i) => addDays(today, (i + 1 - WEEKS) * 7));
    const { timeZone, role } = caller;
    const daysBegan = startOfDay(addDays(today, 1 - SHOWN), timeZone);
    const weeksBegan = startOfDay(addDays(today, 1 - WEEKS * 7), timeZone);
    return this.commands.read(caller, (tx) => countsOf(tx, { today, now, monthAgo, days, daysBegan, weeks, weeksBegan, timeZone, role }));
  }
}
