/** What the administration does with adverse events: rates, the notes beside a case, and what leaves the clinic. */
import { SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, flag, Id, InstantOut, optionalText } from '../values.js';
import { EventFiling, EventParams, eventFilter } from './adverse-events.js';

const tag = 'Adverse events';

/** What is printed for people outside of the dashboard; a report as JSON keeps the English of its form. */
export const PRINTED_LANGUAGES = ['en', 'de'] as const;
export type PrintedLanguage = (typeof PRINTED_LANGUAGES)[number];

const Rate = z
  .object({
    events: z.int(),
    injections: z.int(),
    perThousand: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: 'EventRate', description: 'Events per 1,000 injections with the 95 % mid-P interval of a Poisson count' });

export const EventRates = z
  .object({
    from: DateOut,
    to: DateOut,
    overall: Rate,
    bySite: z.array(Rate.extend({ site: z.enum(SITE_IDS).nullable() })),
    byProduct: z.array(Rate.extend({ productId: Id, productName: z.string() })),
    /** Most events first, then most injections; at most 100. */
    byLot: z.array(Rate.extend({ lotId: Id.nullable(), lotNumber: z.string().nullable(), productName: z.string() })),
    lotsLeftOut: z.int(),
    /** Every month of the period, also one without any. */
    byMonth: z.array(Rate.extend({ month: DateOut })),
    /** Reported in the period, and linked to no injection recorded here: in none of the rates. */
    unlinkedEvents: z.int(),
    /** Doses given against a stop (REC-TRUTH) in the period. */
    useErrors: z.int(),
  })
  .meta({ id: 'EventRates' });

export const readEventRates = route({
  method: 'GET',
  path: '/adverse-events/rates',
  tag,
  summary: 'Adverse events per 1,000 injections by site, product, lot and month of the injection; entered in error is left out',
  access: { needs: 'adverse-event.read' },
  query: z.strictObject({
    from: ClinicDate.optional().meta({ description: 'First day of injections; twelve months back, unless given' }),
    to: ClinicDate.optional().meta({ description: 'Last day; today, unless given' }),
    harm: flag.optional().meta({ description: 'Only events that are not benign' }),
  }),
  response: EventRates,
});

export const NoteEventFiling = z
  .strictObject({
    authority: optionalText(200),
    authorityReference: optionalText(100),
    filedOn: ClinicDate.nullish().transform((v) => v ?? null),
    manufacturer: optionalText(200),
    manufacturerInformedOn: ClinicDate.nullish().transform((v) => v ?? null),
    productKept: z
      .enum(['kept', 'returned', 'discarded'])
      .nullish()
      .transform((v) => v ?? null),
    note: optionalText(2000),
  })
  .meta({ id: 'NoteEventFiling' });

export const noteEventFiling = route({
  method: 'PUT',
  path: '/adverse-events/:eventId/filing',
  tag,
  summary: 'Where the case was sent and what became of the vial; If-Match is "0" the first time',
  access: { needs: 'adverse-event.annotate' },
  params: EventParams,
  body: NoteEventFiling,
  response: EventFiling,
  ifMatch: true,
});

const identify = z
  .enum(['initials', 'record-number'])
  .default('initials')
  .meta({ description: 'How the patient is named in what leaves the clinic' });

export const exportAdverseEvents = route({
  method: 'GET',
  path: '/adverse-events/export',
  tag,
  summary: 'All rows of the filter as CSV; the download is audited',
  access: { needs: 'adverse-event.export' },
  query: z.strictObject({ ...eventFilter, identify }),
  file: 'text/csv',
  response: z.string(),
});
export const printEventReport = route({
  method: 'GET',
  path: '/adverse-events/:eventId/report.pdf',
  tag,
  summary: 'The case for a national report, as PDF; the download is audited',
  access: { needs: 'adverse-event.export' },
  params: EventParams,
  query: z.strictObject({ identify, language: z.enum(PRINTED_LANGUAGES).optional().meta({ description: 'English, unless given' }) }),
  file: 'application/pdf',
  response: z.string(),
});

const words = z.string().nullable();
const items = z.array(z.string());

/**
 * A case with the fields of the voluntary national report of the United States (Form FDA 3500, sections A to G), which names them most
 * completely; other countries ask for a part of them. `null`: not recorded here. Dates are the clinic's.
 */
export const EventReport = z
  .object({
    schema: z.literal('vastus.event-report/1'),
    caseId: Id,
    caseVersion: z.int(),
    clinic: z.string(),
    writtenAt: InstantOut,
    A: z.object({ patientIdentifier: z.string(), ageAtEvent: z.int(), sex: z.string(), weightKg: z.number().nullable() }),
    B: z.object({
      kind: items,
      outcomesAttributed: items,
      serious: z.boolean().nullable(),
      dateOfEvent: DateOut,
      timeOfEvent: InstantOut,
      dateOfThisReport: DateOut,
      description: z.string(),
      assessment: z.array(z.object({ question: z.string(), answer: words })),
      ctcaeTerm: words,
      ctcaeGrade: z.int().nullable(),
      causality: words,
      outcome: z.string(),
      resolvedOn: DateOut.nullable(),
      tests: z.array(z.object({ on: DateOut, test: z.string(), result: z.string() })),
      examinations: z.array(z.object({ on: DateOut, findings: z.string() })),
      history: items,
    }),
    C: z.object({ productAvailable: words, manufacturerInformedOn: DateOut.nullable() }),
    D: z.object({
      product: words,
      substance: words,
      strength: words,
      manufacturer: words,
      atcCode: words,
      gtins: items,
      dose: words,
      frequency: words,
      route: words,
      site: words,
      datesOfUse: z.object({ from: DateOut.nullable(), to: DateOut.nullable() }),
      givenAt: InstantOut.nullable(),
      indication: words,
      abatedAfterStop: z.enum(['yes', 'no', 'does not apply', 'unknown']),
      reappearedAfterReintroduction: z.enum(['yes', 'no', 'does not apply', 'unknown']),
      lotNumber: words,
      expiresOn: DateOut.nullable(),
    }),
    E: z.object({ device: words, needle: words, operator: words }),
    F: z.object({ concomitant: items }),
    G: z.object({
      reporter: z.string(),
      occupation: z.string(),
      organization: z.string(),
      alsoReportedTo: items,
      authorityReference: words,
    }),
    completeness: z.object({ score: z.number(), missing: items }),
  })
  .meta({ id: 'EventReport' });

export const readEventReport = route({
  method: 'GET',
  path: '/adverse-events/:eventId/report',
  tag,
  summary: 'The case for a national report (MedWatch 3500, sections A to G); the download is audited',
  access: { needs: 'adverse-event.export' },
  params: EventParams,
  query: z.strictObject({ identify }),
  response: EventReport,
});

export type EventRates = z.output<typeof EventRates>;
export type NoteEventFiling = z.output<typeof NoteEventFiling>;
export type EventReport = z.output<typeof EventReport>;
