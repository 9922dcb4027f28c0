// Who did what, when, latest first. Entries are written by those who act; here they are only read.
import { Injectable } from '@nestjs/common';
import { addDays, startOfDay, type TimeZone } from '@vastus/clinical';
import {
  type Answer,
  type AuditEntry,
  type exportAudit,
  type Input,
  type listAudit,
  type listAuditActors,
  READING_ACTIONS,
} from '@vastus/contract';
import { decodeCursor, encodeCursor, statement, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { type Cell, csv } from '../../platform/csv.js';
import type { Caller } from '../../platform/routing/caller.js';
import { FileAnswer } from '../../platform/routing/file-answer.js';
import { differences } from './audit-difference.js';

// Who or what it was about, as people call it today; the entry itself holds ids, which stay true when a name changes.
const named = (what: string, from: string) => `(SELECT ${what} FROM ${from} WHERE s.clinic_id = e.clinic_id AND s.id = e.subject_id)`;
const PERSON = (table: string, membership: string) =>
  `${table} s JOIN membership sm ON sm.clinic_id = s.clinic_id AND sm.id = ${membership} JOIN auth."user" su ON su.id = sm.user_id`;
const SUBJECT_NAME = `CASE e.subject_type
           WHEN 'lot' THEN ${named('s.lot_number', 'lot s')}
           WHEN 'product' THEN ${named('s.name', 'product s')}
           WHEN 'protocol-version' THEN ${named('s.number::text', 'protocol_version s')}
           WHEN 'invitation' THEN ${named('s.email', 'invitation s')}
           WHEN 'membership' THEN ${named('su.name', PERSON('membership', 's.id'))}
           WHEN 'api-key' THEN ${named('su.name', PERSON('api_key', 's.membership_id'))} END`;
const ENTRIES = `
  SELECT e.id, e.at, u.name AS actor_name, e.actor_role, e.action, e.subject_type, e.subject_id, ${SUBJECT_NAME} AS subject_name, e.before, e.after, e.request_id,
         CASE WHEN p.id IS NOT NULL THEN
           jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name) END AS patient
    FROM audit_entry e
    LEFT JOIN patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id
    LEFT JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.actor_id
    LEFT JOIN auth."user" u ON u.id = m.user_id
   WHERE e.clinic_id = $1`;
const ACTORS = statement(
  'audit-actors',
  `SELECT m.id AS membership_id, u.name, m.role, m.active FROM membership m JOIN auth."user" u ON u.id = m.user_id
    WHERE m.clinic_id = $1 ORDER BY m.active DESC, u.name, m.id`,
);
const ROWS_AT_ONCE = 500;
const COLUMNS = ['When', 'Who', 'Role', 'Action', 'Subject', 'Subject name', 'Subject id', 'Record number', 'Changes', 'Request'];

type Query = Input<typeof listAudit>['query'];

@Injectable()
export class AuditService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  list(caller: Caller, { query }: Input<typeof listAudit>): Promise<Answer<typeof listAudit>> {
    return this.commands.read(caller, (tx) => pageOfEntries(tx, query, caller.timeZone));
  }

  async actors(caller: Caller): Promise<Answer<typeof listAuditActors>> {
    return { items: await this.commands.read(caller, (tx) => tx.many(ACTORS, [tx.clinicId])) };
  }

  /** The download is an act like any other, and stands in the trail before its first row is read. */
  async export(caller: Caller, { query }: Input<typeof exportAudit>): Promise<FileAnswer> {
    await this.commands.runAsSystem(caller, (tx, now) =>
      audit(tx, caller, now, {
        action: 'audit.export',
        subjectType: 'audit',
        patientId: query.patientId,
        after: { format: 'csv', ...query },
      }),
    );
    const { commands } = this;
    async function* rows(): AsyncGenerator<Cell[]> {
      let cursor: string | undefined;
      do {
        const page = await commands.read(caller, (tx) => pageOfEntries(tx, { ...query, limit: ROWS_AT_ONCE, cursor }, caller.timeZone));
        for (const entry of page.items) yield cellsOf(entry);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    }
    return new FileAnswer(`audit-${this.clock.today(caller.timeZone)}.csv`, csv(COLUMNS, rows()));
  }
}

async function pageOfEntries(tx: Tx, query: Query, zone: TimeZone): Promise<Answer<typeof listAudit>> {
  const { limit } = query;
  const values: unknown[] = [tx.clinicId, limit + 1];
  const filters = conditions(query, zone).map(([condition, ...given]) => {
    let place = values.length;
    values.push(...given);
    return ` AND ${condition.replaceAll('?', () => `$${++place}`)}`;
  });
  const rows = await tx.many<AuditEntry>(`${ENTRIES}${filters.join('')} ORDER BY e.at DESC, e.id DESC LIMIT $2`, values);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null };
}

/** Patients by record number: the name is one look-up away for whoever may look it up. */
function cellsOf({ at, actorName, actorRole, action, patient, before, after, requestId, ...subject }: AuditEntry): Cell[] {
  const { subjectType, subjectName, subjectId } = subject;
  const changes = differences(before, after).map((one) => `${one.field}: ${one.before ?? '–'} → ${one.after ?? '–'}`);
  const about = [subjectType, subjectName, subjectId];
  return [at, actorName, actorRole, action, ...about, patient?.recordNumber ?? null, changes.join('\n'), requestId];
}

/** Days are the clinic's: `to` includes its whole day. */
function conditions({ patientId, actorId, action, from, to, changes, cursor }: Query, zone: TimeZone): [string, ...unknown[]][] {
  const all: [string, ...unknown[]][] = [];
  if (patientId) all.push(['e.patient_id = ?', patientId]);
  if (actorId) all.push(['e.actor_id = ?', actorId]);
  if (action) all.push(['e.action = ?', action]);
  if (changes !== undefined) all.push([changes ? 'e.action <> ALL (?)' : 'e.action = ANY (?)', READING_ACTIONS]);
  if (from) all.push(['e.at >= ?', startOfDay(from, zone)]);
  if (to) all.push(['e.at < ?', startOfDay(addDays(to, 1), zone)]);
  if (cursor !== undefined) all.push(['(e.at, e.id) < (?, ?)', ...decodeCursor(cursor, ['instant', 'uuid'])]);
  return all;
}
