/** Histories into the database: by COPY as the owner, thousands of patients at a time, or by INSERT inside the application's transaction. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { insertMany, json, type Tx } from '@vastus/db';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import type { PatientRows } from './projections.js';
import { columnNames, JSON_COLUMNS, TABLE_NAMES, TABLES, type Table, tableName } from './tables.js';
import { copyValue } from './text.js';

type Row = Record<string, unknown>;

/** What every row of a table has in common and no history says. */
const CONSTANT: Partial<Record<Table, Row>> = { labResult: { status: 'final', source: 'imported' } };

const COLUMNS = Object.fromEntries(
  TABLE_NAMES.map((table) => [
    table,
    TABLES[table].slice(1).map((column) => ({ column, isJson: JSON_COLUMNS.has(column), constant: CONSTANT[table]?.[column] })),
  ]),
) as Record<Table, { column: string; isJson: boolean; constant: unknown }[]>;

/** Lines of COPY, collected table by table until they are written. */
export class CopyBuffer {
  private readonly lines = new Map<Table, string[]>();
  rows = 0;

  add(clinicId: string, patient: PatientRows): void {
    for (const table of TABLE_NAMES) {
      const given: readonly Row[] = patient[table];
      if (given.length === 0) continue;
      const lines = this.linesOf(table);
      const columns = COLUMNS[table];
      for (const row of given) {
        let line = clinicId;
        for (const { column, isJson, constant } of columns) line += `\t${copyValue(row[column] ?? constant, isJson)}`;
        lines.push(`${line}\n`);
      }
      this.rows += given.length;
    }
  }

  /**
   * Writes everything in one transaction. COPY knows no row-level security for anybody but the owner of the tables, so the connection
   * is the owner's (MIGRATION_DATABASE_URL); foreign keys and checks hold all the same.
   */
  async write(owner: pg.ClientBase): Promise<void> {
    await owner.query('BEGIN');
    try {
      for (const table of TABLE_NAMES) {
        const lines = this.lines.get(table);
        if (!lines) continue;
        const stream = owner.query(from(`COPY ${tableName(table)} (${columnNames(table).map(pg.escapeIdentifier).join(', ')}) FROM STDIN`));
        await pipeline(Readable.from(blocks(lines), { objectMode: true }), stream);
      }
      await owner.query('COMMIT');
    } catch (error) {
      await owner.query('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  private linesOf(table: Table): string[] {
    const known = this.lines.get(table);
    if (known) return known;
    const lines: string[] = [];
    this.lines.set(table, lines);
    return lines;
  }
}

/** After the last row: the planner learns what is there, and the trigram index sorts in what it had put aside. */
export async function settle(owner: Pick<pg.ClientBase, 'query'>): Promise<void> {
  await owner.query("SELECT gin_clean_pending_list('patient_search')");
  await owner.query('ANALYZE');
}

const LINES_AT_ONCE = 400;
function* blocks(lines: readonly string[]): Generator<Buffer> {
  for (let start = 0; start < lines.length; start += LINES_AT_ONCE) yield Buffer.from(lines.slice(start, start + LINES_AT_ONCE).join(''));
}

/** The same rows within the walls of the application: for the few patients of a demo. */
export async function insertRows(tx: Tx, patients: readonly PatientRows[]): Promise<void> {
  for (const table of TABLE_NAMES) {
    const rows = patients.flatMap((patient) => patient[table] as readonly Row[]).map((row) => toInsert(tx, table, row));
    await insertMany(tx, tableName(table), rows);
  }
}

function toInsert(tx: Tx, table: Table, row: Row): Row {
  const values: Row = { clinicId: tx.clinicId, ...CONSTANT[table] };
  for (const column of TABLES[table]) {
    if (column === 'clinicId' || row[column] === undefined) continue;
    values[column] = JSON_COLUMNS.has(column) ? json(row[column]) : row[column];
  }
  return values;
}
