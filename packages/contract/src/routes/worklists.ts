import { CONTACT_OUTCOMES, COURSE_PHASES, DECLINE_REASONS, SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { DateOut, Id, InstantOut, page, pageQuery } from '../values.js';
import { ImHold, PatientName } from './shared.js';

/** `arranged`: a day or another call was agreed on and is still to come. `physician`: on IM hold, declined or moved away, a physician decides. */
export const TODAY_BUCKETS = ['overdue', 'due', 'early', 'arranged', 'physician', 'done'] as const;
/** The phases in which a dose can be due. */
export const DUE_PHASES = ['loading', 'maintenance', 'on-hold'] as const;

/** One dose of one course on the nurse's list. `early`: the window is open, the due date is still to come. */
export const TodayRow = z
  .object({
    bucket: z.enum(TODAY_BUCKETS),
    patient: PatientName,
    phone: z.string().nullable(),
    /** Somebody dialled this very number and it was not the patient's. */
    phoneWrong: z.boolean(),
    courseId: Id,
    productName: z.string(),
    phase: z.enum(COURSE_PHASES),
    dueOn: DateOut.nullable(),
    lastDoseOn: DateOut.nullable(),
    /** Days past the due date; negative = still to come. */
    daysLate: z.int(),
    imHold: ImHold.nullable(),
    /** What was said last about this dose. A day agreed on that has passed stays, so that it can be seen that nobody came. */
    contact: z
      .object({
        id: Id,
        attemptedAt: InstantOut,
        outcome: z.enum(CONTACT_OUTCOMES),
        on: DateOut.nullable(),
        declineReason: z.enum(DECLINE_REASONS).nullable(),
        note: z.string().nullable(),
        recordedByName: z.string(),
      })
      .nullable(),
    /** For `done`: the injection recorded today. */
    injectionId: Id.nullable(),
    site: z.enum(SITE_IDS).nullable(),
    lotNumber: z.string().nullable(),
    givenAt: InstantOut.nullable(),
    /** Until when the patient is observed (RX-OBSERVE); `null` for a dose at home and where nobody is observed. */
    observeUntil: InstantOut.nullable(),
  })
  .meta({ id: 'TodayRow' });

const tag = 'Worklists';
export const readToday = route({
  method: 'GET',
  path: '/worklists/today',
  tag,
  summary: 'The nurse’s day: overdue, due, early window, arranged, with a physician, done',
  access: { needs: 'worklist.today' },
  query: z.strictObject({
    bucket: z.enum(TODAY_BUCKETS),
    productId: Id.optional(),
    phase: z.enum(DUE_PHASES).optional(),
    ...pageQuery,
  }),
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
    doses: z.object({ overdue: z.int(), due: z.int(), early: z.int(), arranged: z.int(), physician: z.int(), done: z.int() }),
    alerts: z.object({ nurse: z.int(), physician: z.int(), administrator: z.int(), urgent: z.int(), overdue: z.int() }),
    events: z.object({ ongoing: z.int(), last30Days: z.int(), injectionsLast30Days: z.int() }),
    holds: z.int(),
    proposals: z.int(),
    /** Injections given per day, the last 14 days, oldest first. */
    injectionsPerDay: z.array(z.object({ on: DateOut, count: z.int() })),
    /** Alerts raised for the caller's role on each of the same days. */
    alertsPerDay: z.array(z.object({ on: DateOut, count: z.int() })),
    /** Adverse events reported in each of the last 12 weeks, by the day the week ends on; the last one ends today. */
    eventsPerWeek: z.array(z.object({ on: DateOut, count: z.int() })),
  }),
});

export type TodayRow = z.output<typeof TodayRow>;
