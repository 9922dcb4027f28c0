// Who did what, when, latest first. Entries are written by those who act; here they are only read.
import { Injectable } from '@nestjs/common';
import { addDays, startOfDay, type TimeZone } from '@vastus/clinical';
import type { Answer, AuditEntry, Input, listAudit } from '@vastus/contract';
import { decodeCursor, encodeCursor } from '@vastus/db';
import { Commands } from '../../platform/commands.js';
import type { Caller } from '../../platform/routing/caller.js';

const ENTRIES = `
  SELECT e.id, e.at, u.name AS actor_name, e.actor_role, e.action, e.subject_type, e.subject_id, e.before, e.after, e.request_id,
         CASE WHEN p.id IS NOT NULL THEN
           jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name) END AS patient
    FROM audit_entry e
    LEFT JOIN patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id
    LEFT JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.actor_id
    LEFT JOIN auth."user" u ON u.id = m.user_id
   WHERE e.clinic_id = $1`;

@Injectable()
export class AuditService {
  constructor(private readonly commands: Commands) {}

  list(caller: Caller, { query }: Input<typeof listAudit>): Promise<Answer<typeof listAudit>> {
    const { limit } = query;
    return this.commands.read(caller, async (tx) => {
      const values: unknown[] = [tx.clinicId, limit + 1];
      const filters = conditions(query, caller.timeZone).map(([condition, ...given]) => {
        let place = values.length;
        values.push(...given);
        return ` AND ${condition.replaceAll('?', () => `$${++place}`)}`;
      });
      const rows = await tx.many<AuditEntry>(`${ENTRIES}${filters.join('')} ORDER BY e.at DESC, e.id DESC LIMIT $2`, values);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null };
    });
  }
}

/** Days are the clinic's: `to` includes its whole day. */
function conditions(
  { patientId, actorId, action, from, to, cursor }: Input<typeof listAudit>['query'],
  zone: TimeZone,
): [string, ...unknown[]][] {
  const all: [string, ...unknown[]][] = [];
  if (patientId) all.push(['e.patient_id = ?', patientId]);
  if (actorId) all.push(['e.actor_id = ?', actorId]);
  if (action) all.push(['e.action = ?', action]);
  if (from) all.push(['e.at >= ?', startOfDay(from, zone)]);
  if (to) all.push(['e.at < ?', startOfDay(addDays(to, 1), zone)]);
  if (cursor !== undefined) all.push(['(e.at, e.id) < (?, ?)', ...decodeCursor(cursor, ['instant', 'uuid'])]);
  return all;
}
