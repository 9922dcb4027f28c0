// What is on the shelf: products with the codes on their boxes, and lots from their arrival to their expiry or recall.
import { Injectable } from '@nestjs/common';
import { addMonths, type ClinicDate, dateInZone, gtin14, type Instant } from '@vastus/clinical';
import {
  type Answer,
  addGtin,
  changeLotStatus,
  type Input,
  type IssueCode,
  type Lot,
  type listLots,
  type listProducts,
  type ProblemIssue,
  type Product,
  type readLotOfTheDay,
  receiveLot,
} from '@vastus/contract';
import { decodeCursor, encodeCursor, insert, isUniqueViolation, newId, statement, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';

const PRODUCTS = statement(
  'products',
  `SELECT d.id, d.name, d.substance, d.strength_micrograms_per_ml, d.default_dose_micrograms, d.routes, d.atc_code, d.active,
          ARRAY(SELECT g.gtin FROM product_gtin g WHERE g.clinic_id = d.clinic_id AND g.product_id = d.id ORDER BY g.gtin) AS gtins
     FROM product d WHERE d.clinic_id = $1 ORDER BY d.active DESC, d.name, d.id`,
);
const PRODUCT_EXISTS = statement('product-exists', 'SELECT id FROM product WHERE clinic_id = $1 AND id = $2');

const LOT = `
  SELECT l.id, l.product_id, d.name AS product_name, l.lot_number, l.expires_on, l.status, l.status_reason, l.received_on, l.version,
         l.status_changed_at, (SELECT u.name FROM membership m JOIN auth."user" u ON u.id = m.user_id WHERE m.clinic_id = l.clinic_id AND m.id = l.status_changed_by) AS status_changed_by_name,
         (SELECT count(*) FROM injection i WHERE i.clinic_id = l.clinic_id AND i.lot_id = l.id AND i.state = 'effective' AND i.status = 'given') AS injections_given
    FROM lot l
    JOIN product d ON d.clinic_id = l.clinic_id AND d.id = l.product_id
   WHERE l.clinic_id = $1`;
const LOT_BY_ID = statement('lot-by-id', `${LOT} AND l.id = $2`);
const LOTS = statement(
  'lots',
  `${LOT} AND ($3::uuid IS NULL OR l.product_id = $3) AND ($4::date IS NULL OR (l.status = 'usable' AND l.expires_on >= $4))
      AND ($7::text IS NULL OR l.lot_number = $7) AND ($8::boolean IS NULL OR (l.status <> 'usable') = $8)
      AND ($5::date IS NULL OR (l.expires_on, l.id) > ($5, $6::uuid))
    ORDER BY l.expires_on, l.id LIMIT $2`,
);
// Among the doses of today, which an index finds by their day.
const USED_TODAY = statement(
  'lot-used-today',
  `SELECT i.lot_id, i.recorded_at AS used_at, u.name AS used_by_name
     FROM injection i
     JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id AND l.status = 'usable' AND l.expires_on >= $2
     JOIN membership m ON m.clinic_id = i.clinic_id AND m.id = i.recorded_by
     JOIN auth."user" u ON u.id = m.user_id
    WHERE i.clinic_id = $1 AND i.given_on = $2 AND i.product_id = $3 AND i.state = 'effective' AND i.status = 'given'
    ORDER BY i.recorded_by = $4 DESC, i.id DESC LIMIT 1`,
);
const LOCK_LOT = statement('lock-lot', 'SELECT id FROM lot WHERE clinic_id = $1 AND id = $2 FOR UPDATE');
const CHANGE_STATUS = statement(
  'change-lot-status',
  `UPDATE lot SET status = $3, status_reason = $4, status_changed_at = $5, status_changed_by = $6, version = version + 1
    WHERE clinic_id = $1 AND id = $2`,
);

// No vial keeps that long. A mistyped year would switch RX-EXPIRED off for the lot.
const LONGEST_SHELF_YEARS = 20;

@Injectable()
export class ProductsService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller): Promise<Answer<typeof listProducts>> {
    return { items: await this.commands.read(caller, (tx) => tx.many<Product>(PRODUCTS, [tx.clinicId])) };
  }

  /** Soonest expiry first: what should be used up stands on top. */
  lots(caller: Caller, { query }: Input<typeof listLots>): Promise<Answer<typeof listLots>> {
    const { productId = null, usable, stopped = null, lotNumber = null, limit, cursor } = query;
    const after = cursor === undefined ? [null, null] : decodeCursor(cursor, ['date', 'uuid']);
    const usableOn = usable ? this.clock.today(caller.timeZone) : null;
    return this.commands.read(caller, async (tx) => {
      const rows = await tx.many<Lot>(LOTS, [tx.clinicId, limit + 1, productId, usableOn, ...after, lotNumber, stopped]);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.expiresOn, last.id]) : null };
    });
  }

  /** A fact, not a setting: the lot of the latest dose that was given today, the caller's own before anybody else's. */
  lotOfTheDay(caller: Caller, { query }: Input<typeof readLotOfTheDay>): Promise<Answer<typeof readLotOfTheDay>> {
    const today = this.clock.today(caller.timeZone);
    return this.commands.read(caller, async (tx) => {
      const used = await tx.maybe<{ lotId: string; usedAt: Instant; usedByName: string }>(USED_TODAY, [
        tx.clinicId,
        today,
        query.productId,
        caller.membershipId,
      ]);
      if (!used) return { lot: null, usedAt: null, usedByName: null };
      return { lot: await lotById(tx, used.lotId), usedAt: used.usedAt, usedByName: used.usedByName };
    });
  }

  receive(caller: Caller, input: Input<typeof receiveLot>): Promise<Lot> {
    return this.commands.run(caller, receiveLot, input, async (tx, now) => {
      const { productId, lotNumber, expiresOn } = input.body;
      const today = dateInZone(now, caller.timeZone);
      const receivedOn = input.body.receivedOn ?? today;
      requirePossibleDates(expiresOn, receivedOn, today);
      if (!(await tx.maybe(PRODUCT_EXISTS, [tx.clinicId, productId])))
        throw invalid('/productId', 'unknown', 'is not a product of this clinic');
      const id = newId();
      await insert(tx, 'lot', { clinicId: tx.clinicId, id, productId, lotNumber, expiresOn, receivedOn, createdAt: now }).catch(
        refuseDuplicate,
      );
      const lot = await lotById(tx, id);
      await audit(tx, caller, now, {
        action: 'lot.receive',
        subjectType: 'lot',
        subjectId: id,
        after: { productId, lotNumber, expiresOn, receivedOn },
      });
      await notifyChange(tx, 'lots');
      return lot;
    });
  }

  /** A box of the same product with another number: a scanner that reads it finds the product. */
  addGtin(caller: Caller, input: Input<typeof addGtin>): Promise<Product> {
    const { productId } = input.params;
    const gtin = gtin14(input.body.gtin);
    if (gtin === null) throw invalid('/gtin', 'check-digit', 'is no GTIN: a digit is missing or wrong');
    return this.commands.run(caller, addGtin, input, async (tx, now) => {
      if (!(await tx.maybe(PRODUCT_EXISTS, [tx.clinicId, productId]))) throw problem('not-found', { detail: 'There is no such product.' });
      await insert(tx, 'product_gtin', { clinicId: tx.clinicId, gtin, productId }).catch(refuseTakenGtin);
      await audit(tx, caller, now, { action: 'product.add-gtin', subjectType: 'product', subjectId: productId, after: { gtin } });
      await notifyChange(tx, 'lots');
      return (await tx.many<Product>(PRODUCTS, [tx.clinicId])).find(({ id }) => id === productId)!;
    });
  }

  /** RX-EXPIRED reads the status at the next dose: a recall works from this moment on. */
  changeStatus(caller: Caller, input: Input<typeof changeLotStatus>): Promise<Lot> {
    const { lotId } = input.params;
    const { status, reason } = input.body;
    return this.commands.run(caller, changeLotStatus, input, async (tx, now) => {
      await tx.query(LOCK_LOT, [tx.clinicId, lotId]);
      const before = await lotById(tx, lotId);
      if (before.version !== caller.ifMatch) throw problem('stale-version');
      await tx.query(CHANGE_STATUS, [tx.clinicId, lotId, status, reason, now, caller.membershipId]);
      await audit(tx, caller, now, {
        action: 'lot.change',
        subjectType: 'lot',
        subjectId: lotId,
        before: { status: before.status, reason: before.statusReason },
        after: { status, reason },
      });
      await notifyChange(tx, 'lots');
      return lotById(tx, lotId);
    });
  }
}

export async function lotById(tx: Tx, lotId: string): Promise<Lot> {
  const lot = await tx.maybe<Lot>(LOT_BY_ID, [tx.clinicId, lotId]);
  if (!lot) throw problem('not-found', { detail: 'There is no such lot.' });
  return lot;
}

function requirePossibleDates(expiresOn: ClinicDate, receivedOn: ClinicDate, today: ClinicDate): void {
  const issues: ProblemIssue[] = [];
  const wrong = (pointer: string, code: IssueCode, message: string) => issues.push({ pointer, code, message });
  if (expiresOn < today) wrong('/expiresOn', 'expired', 'lies in the past: the lot has expired');
  else if (expiresOn > addMonths(today, 12 * LONGEST_SHELF_YEARS))
    wrong('/expiresOn', 'too-far-ahead', `lies more than ${LONGEST_SHELF_YEARS} years ahead`);
  if (receivedOn > today) wrong('/receivedOn', 'future', 'lies in the future');
  else if (receivedOn < addMonths(today, -12 * LONGEST_SHELF_YEARS))
    wrong('/receivedOn', 'too-long-ago', `lies more than ${LONGEST_SHELF_YEARS} years ago`);
  if (issues.length > 0) throw problem('invalid-input', { issues });
}

function refuseTakenGtin(error: unknown): never {
  if (!isUniqueViolation(error, 'product_gtin_pkey')) throw error;
  const issues = [{ pointer: '/gtin', code: 'taken' as const, message: 'is on the box of a product already' }];
  throw problem('already-exists', { detail: 'This number belongs to a product already.', issues });
}

function refuseDuplicate(error: unknown): never {
  if (!isUniqueViolation(error, 'lot_clinic_id_product_id_lot_number_key')) throw error;
  const issues = [{ pointer: '/lotNumber', code: 'taken' as const, message: 'was received already for this product' }];
  throw problem('already-exists', { detail: 'This lot was received already.', issues });
}
