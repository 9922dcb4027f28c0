import { COURSE_PHASES, SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { DateOut, Id, page, pageQuery } from '../values.js';
import { PatientName } from './shared.js';

export const TODAY_BUCKETS = ['overdue', 'due', 'early', 'done'] as const;

/** One dose of one course on the nurse's list. `early`: the window is open, the due date is still to come. */
export const TodayRow = z
  .object({
    bucket: z.enum(TODAY_BUCKETS),
    patient: PatientName,
    phone: z.string().nullable(),
    courseId: Id,
    productName: z.string(),
    phase: z.enum(COURSE_PHASES),
    dueOn: DateOut.nullable(),
    lastDoseOn: DateOut.nullable(),
    /** Days past the due date; negative = still to come. */
    daysLate: z.int(),
    onHold: z.boolean(),
    /** For `done`: the injection recorded today. */
    injectionId: Id.nullable(),
    site: z.enum(SITE_IDS).nullable(),
  })
  .meta({ id: 'TodayRow' });

const tag = 'Worklists';
export const readToday = route({
  method: 'GET',
  path: '/worklists/today',
  tag,
  summary: 'The nurse’s day: overdue, due, early window, done',
  access: { needs: 'worklist.today' },
  query: z.strictObject({ bucket: z.enum(TODAY_BUCKETS), ...pageQuery }),
  response: page(TodayRow),
});
/** The numbers of the three role homes; every number is an index range, not a scan. */
export const readSummary = route({
  method: 'GET',
  path: '/worklists/summary',
  tag,
  summary: 'The numbers that matter to a role',
  access: { signedIn: 'each number is a count without names' },
  response: z.object({
    today: DateOut,
    doses: z.object({ overdue: z.int(), due: z.int(), early: z.int(), done: z.int() }),
    alerts: z.object({ nurse: z.int(), physician: z.int(), administrator: z.int(), urgent: z.int(), overdue: z.int() }),
    events: z.object({ ongoing: z.int(), last30Days: z.int(), injectionsLast30Days: z.int() }),
    holds: z.int(),
    proposals: z.int(),
    /** Injections given per day, the last 14 days, oldest first. */
    injectionsPerDay: z.array(z.object({ on: DateOut, count: z.int() })),
  }),
});

export type TodayRow = z.output<typeof TodayRow>;
