/** The values that cross HTTP, each with the limits that keep nonsense out of the database. */
import { isClinicDate } from '@vastus/clinical';
import { z } from 'zod';

// NUL cannot be stored in PostgreSQL text; a lone surrogate is no Unicode at all.
const clean = (s: string) => !s.includes('\u0000') && s.isWellFormed();
const CLEAN = { error: 'contains a NUL or a broken character', params: { code: 'bad-text' } };
const NO_DATE = { code: 'no-date' };

/** Trimmed text of 1 to `max` characters. */
export const text = (max: number) => z.string().refine(clean, CLEAN).trim().min(1).max(max);
/** A reason somebody will read later: at least 10 characters. */
export const Reason = z.string().refine(clean, CLEAN).trim().min(10, 'say why in at least 10 characters').max(2000);
/** Text that may be absent; an empty string is absence. */
export const optionalText = (max: number) =>
  z
    .string()
    .refine(clean, CLEAN)
    .trim()
    .max(max)
    .nullish()
    .transform((s) => (s ? s : null));

export const Id = z.uuid().meta({ description: 'UUIDv7' });
/** A calendar date in the clinic's zone that exists: `2026-02-30` is refused, and so is a year the calendar or the database cannot reckon with. */
export const ClinicDate = z
  .string()
  .refine(isClinicDate, { error: 'is not a date of the form YYYY-MM-DD', abort: true, params: NO_DATE })
  .refine((date) => date >= '1800' && date < '2201', { error: 'is not a date between 1800 and 2200', params: NO_DATE })
  .meta({ format: 'date', example: '2026-11-20' });
/** A point in time with its offset. Stored and answered in UTC with milliseconds. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((s, ctx) => {
    const at = new Date(s);
    const year = at.getUTCFullYear();
    if (Number.isNaN(at.getTime()) || year < 1900 || year > 2200) {
      ctx.addIssue({ code: 'custom', message: 'is not a point in time between 1900 and 2200', params: NO_DATE });
      return z.NEVER;
    }
    return at.toISOString();
  })
  .meta({ format: 'date-time', example: '2026-11-20T18:15:00.000Z' });
/** A point in time as the server answers it. */
export const InstantOut = z.string().meta({ format: 'date-time', example: '2026-11-20T18:15:00.000Z' });
export const DateOut = z.string().meta({ format: 'date', example: '2026-11-20' });

/** Keyset paging: `cursor` is opaque and comes from the `nextCursor` of the page before. */
export const pageQuery = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().min(1).max(500).optional() };
/** One page of `item`. `nextCursor` is null on the last page; lists never count everything. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
/** A query parameter `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform((s) => s === 'true');
