/** What the administration does with adverse events: rates, the notes beside a case, and what leaves the clinic. */
import { Injectable } from '@nestjs/common';
import { addDays, addMonths, dateInZone, startOfDay } from '@vastus/clinical';
import {
  type AdverseEvent,
  type Answer,
  type EventFiling,
  type EventReport,
  type exportAdverseEvents,
  type Input,
  noteEventFiling,
  type PrintedLanguage,
  type ProblemIssue,
  type printEventReport,
  type readEventRates,
  type readEventReport,
} from '@vastus/contract';
import { insert, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { type Cell, csv } from '../../platform/csv.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { FileAnswer } from '../../platform/routing/file-answer.js';
import { AdverseEventsService } from './adverse-events.service.js';
import { eventRowById, filingOf, pageOfEvents } from './adverse-events.store.js';
import { eventRates } from './event-rates.store.js';
import { de } from './event-report.de.js';
import { en, plain } from './event-report.en.js';
import { eventReport, initials } from './event-report.js';
import { eventReportPdf } from './event-report.pdf.js';
import { reportFacts } from './event-report.store.js';
import type { ReportWords } from './event-report.words.js';

const REPORT_WORDS: Readonly<Record<PrintedLanguage, ReportWords>> = { en, de };
type ReportInput = Pick<Input<typeof readEventReport>, 'params' | 'query'>;
const ROWS_AT_ONCE = 200;
/** Further back nobody compares any more, and a year of zero would make a page for every month of it. */
const LONGEST_PERIOD_MONTHS = 120;

@Injectable()
export class EventReportsService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly events: AdverseEventsService,
  ) {}

  /** The period is one of injections: an event counts where its injection was given. */
  rates(caller: Caller, { query }: Input<typeof readEventRates>): Promise<Answer<typeof readEventRates>> {
    const to = query.to ?? this.clock.today(caller.timeZone);
    const from = query.from ?? addDays(addMonths(to, -12), 1);
    if (from > to) throw invalid('query:to', 'not-after', 'lies before the beginning of the period');
    if (from < addMonths(to, -LONGEST_PERIOD_MONTHS)) throw invalid('query:from', 'too-long-ago', 'makes the period longer than ten years');
    const since = startOfDay(from, caller.timeZone);
    const until = startOfDay(addDays(to, 1), caller.timeZone);
    return this.commands.read(caller, (tx) => eventRates(tx, { from, to, since, until, harm: query.harm ?? false }));
  }

  /** Version 0 is the sheet nobody has written on yet. */
  note(caller: Caller, input: Input<typeof noteEventFiling>): Promise<EventFiling> {
    const {
      params: { eventId },
      body,
    } = input;
    return this.commands.run(caller, noteEventFiling, input, async (tx, now) => {
      // Two people who write on the same sheet wait for each other here.
      await tx.query(`SELECT id FROM adverse_event WHERE clinic_id = $1 AND case_id = $2 AND state <> 'superseded' FOR UPDATE`, [
        tx.clinicId,
        eventId,
      ]);
      const event = await eventRowById(tx, eventId);
      if (!event) throw problem('not-found');
      requirePossibleDays(body, dateInZone(event.onsetAt, caller.timeZone), dateInZone(now, caller.timeZone));
      const before = await filingOf(tx, eventId);
      if ((before?.version ?? 0) !== caller.ifMatch) throw problem('stale-version');
      const written = { ...body, notedAt: now, notedBy: caller.membershipId };
      if (before) await rewrite(tx, eventId, written);
      else await insert(tx, 'event_filing', { clinicId: tx.clinicId, id: eventId, ...written });
      const filing = (await filingOf(tx, eventId))!;
      const subject = { subjectType: 'adverse-event', subjectId: eventId, patientId: event.patient.id };
      await audit(tx, caller, now, { action: 'adverse-event.annotate', ...subject, before: before && said(before), after: said(filing) });
      await notifyChange(tx, 'adverse-events');
      return filing;
    });
  }

  async report(caller: Caller, input: Input<typeof readEventReport>): Promise<EventReport> {
    return (await this.prepare(caller, input, { format: 'json', language: 'en' })).report;
  }

  async print(caller: Caller, input: Input<typeof printEventReport>): Promise<FileAnswer> {
    const { language = 'en' } = input.query;
    const { event, report } = await this.prepare(caller, input, { format: 'pdf', language });
    return new FileAnswer(`adverse-event-${event.id}.pdf`, await eventReportPdf(report, caller.timeZone, REPORT_WORDS[language]));
  }

  /** All rows of the filter, page after page, each in a transaction of its own: a long download holds nothing up. */
  async export(caller: Caller, { query }: Input<typeof exportAdverseEvents>): Promise<FileAnswer> {
    const { identify, ...filter } = query;
    await this.commands.runAsSystem(caller, (tx, now) =>
      audit(tx, caller, now, {
        action: 'adverse-event.export',
        subjectType: 'adverse-event',
        patientId: filter.patientId,
        after: { format: 'csv', identify, ...filter },
      }),
    );
    const named =
      identify === 'initials' ? (event: AdverseEvent) => initials(event.patient) : (event: AdverseEvent) => event.patient.recordNumber;
    const on = (at: string) => dateInZone(at, caller.timeZone);
    const { commands } = this;
    async function* rows(): AsyncGenerator<Cell[]> {
      let cursor: string | undefined;
      do {
        const page = await commands.read(caller, (tx) => pageOfEvents(tx, caller.timeZone, { ...filter, limit: ROWS_AT_ONCE, cursor }));
        for (const event of page.items) yield [event.id, named(event), ...cellsOf(event, on)];
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    }
    return new FileAnswer(`adverse-events-${this.clock.today(caller.timeZone)}.csv`, csv(['Case', 'Patient', ...COLUMNS], rows()));
  }

  private prepare(
    caller: Caller,
    { params: { eventId }, query: { identify } }: ReportInput,
    { format, language }: { format: 'json' | 'pdf'; language: PrintedLanguage },
  ) {
    return this.commands.runAsSystem(caller, async (tx, now) => {
      const event = await this.events.find(tx, eventId);
      await audit(tx, caller, now, {
        action: 'adverse-event.export',
        subjectType: 'adverse-event',
        subjectId: eventId,
        patientId: event.patient.id,
        after: { format, identify, version: event.version },
      });
      const report = eventReport(event, await reportFacts(tx, eventId, now), {
        now,
        zone: caller.timeZone,
        identify,
        words: REPORT_WORDS[language],
      });
      return { event, report };
    });
  }
}

const COLUMNS = [
  ...[
    'Began',
    'Reported',
    'Triage',
    'Severity',
    'Onset',
    'Distribution',
    'Motor',
    'Site',
    'Product',
    'Lot',
    'CTCAE term',
    'Grade',
    'Serious',
  ],
  ...[
    'Seriousness criteria',
    'Causality',
    'Outcome',
    'Resolved',
    'Given against a stop',
    'State',
    'Completeness',
    'Missing',
    'Description',
  ],
];

function cellsOf(event: AdverseEvent, on: (at: string) => string): Cell[] {
  const word = (code: string | null) => code && plain(code);
  const { assessment, triage, completeness } = event;
  return [
    ...[on(event.onsetAt), on(event.reportedAt), word(triage.level), word(triage.severity)],
    ...[
      word(assessment.onset),
      word(assessment.distribution),
      word(assessment.motor),
      word(event.site),
      event.productName,
      event.lotNumber,
    ],
    ...[word(event.ctcaeTerm), event.ctcaeGrade, event.serious, event.seriousnessCriteria.map(plain).join('; '), word(event.causality)],
    ...[word(event.outcome), event.resolvedAt && on(event.resolvedAt), event.againstStop, word(event.state), completeness.score],
    [...completeness.missing, ...completeness.unanswered].map(plain).join('; '),
    event.narrative,
  ];
}

function said({ version: _version, notedAt: _at, notedByName: _by, ...filing }: EventFiling) {
  return filing;
}

function rewrite(
  tx: Tx,
  eventId: string,
  { notedAt, notedBy, ...fields }: Input<typeof noteEventFiling>['body'] & { notedAt: string; notedBy: string },
) {
  return tx.query(
    `UPDATE event_filing SET authority = $3, authority_reference = $4, filed_on = $5, manufacturer = $6, manufacturer_informed_on = $7, product_kept = $8,
            note = $9, noted_at = $10, noted_by = $11, version = version + 1
      WHERE clinic_id = $1 AND id = $2`,
    [
      ...[
        tx.clinicId,
        eventId,
        fields.authority,
        fields.authorityReference,
        fields.filedOn,
        fields.manufacturer,
        fields.manufacturerInformedOn,
      ],
      ...[fields.productKept, fields.note, notedAt, notedBy],
    ],
  );
}

function requirePossibleDays(
  { filedOn, manufacturerInformedOn }: Input<typeof noteEventFiling>['body'],
  onset: string,
  today: string,
): void {
  const issues: ProblemIssue[] = [];
  const refuse = (pointer: string, day: string | null) => {
    if (day !== null && day > today) issues.push({ pointer, code: 'future', message: 'lies in the future' });
    if (day !== null && day < onset) issues.push({ pointer, code: 'before-onset', message: 'lies before the onset' });
  };
  refuse('/filedOn', filedOn);
  refuse('/manufacturerInformedOn', manufacturerInformedOn);
  if (issues.length > 0) throw problem('invalid-input', { issues });
}
