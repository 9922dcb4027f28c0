// One connection, asked in SQL. A Tx lives inside one transaction of one clinic and refuses to work once that is over.
import type pg from 'pg';
import { UnexpectedRowCountError, withoutRowContent } from './errors.js';
import { toObjects } from './rows.js';
import { traced } from './traced.js';

/** SQL that the server parses and plans once for each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface Answer<Row> {
  rows: Row[];
  /** Rows returned, or rows written when nothing is returned. */
  count: number;
}

export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string | Statement, values?: readonly unknown[]): Promise<Answer<Row>>;
  many<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row[]>;
  /** Exactly one row, or an error. */
  one<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row>;
  /** One row or none; several are an error. */
  maybe<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row | undefined>;
}

export interface Scope {
  clinicId: string;
  /** The membership that acts; none for the system itself. */
  actorId?: string | null;
  readOnly?: boolean;
}

export interface Tx extends Queryable {
  readonly clinicId: string;
  readonly actorId: string | null;
}

const statements = new Map<string, string>();

/** Declares a named statement. Two texts under one name would fail on the second use of a connection, so they fail here. */
export function statement(name: string, text: string): Statement {
  const known = statements.get(name);
  if (known !== undefined && known !== text) throw new Error(`Two statements are called "${name}".`);
  if (Buffer.byteLength(name) > 63) throw new Error(`The statement name "${name}" is longer than PostgreSQL keeps.`);
  statements.set(name, text);
  return { name, text };
}

class Connection implements Queryable {
  private over = false;

  constructor(
    private readonly client: Pick<pg.ClientBase, 'query'>,
    private readonly subject: string,
  ) {}

  async query<Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Answer<Row>> {
    if (this.over) throw new Error(`${this.subject} is over: a query was not awaited, or the ${this.subject} was kept.`);
    const { name, text } = typeof sql === 'string' ? { name: undefined, text: sql } : sql;
    try {
      const result = await traced(name, text, () =>
        this.client.query<unknown[]>({ name, text, values: values as unknown[], rowMode: 'array' }),
      );
      return { rows: toObjects<Row>(result.fields, result.rows), count: result.rowCount ?? 0 };
    } catch (error) {
      throw withoutRowContent(error);
    }
  }

  async many<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row[]> {
    return (await this.query<Row>(sql, values)).rows;
  }

  async one<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row> {
    const row = await this.maybe<Row>(sql, values);
    if (row === undefined) throw new UnexpectedRowCountError('One row was expected, there is none.');
    return row;
  }

  async maybe<Row>(sql: string | Statement, values?: readonly unknown[]): Promise<Row | undefined> {
    const { rows } = await this.query<Row>(sql, values);
    if (rows.length > 1) throw new UnexpectedRowCountError(`At most one row was expected, there are ${rows.length}.`);
    return rows[0];
  }

  end() {
    this.over = true;
  }
}

export const connection = (client: Pick<pg.ClientBase, 'query'>) => new Connection(client, 'connection');

export class OpenTransaction extends Connection implements Tx {
  readonly clinicId: string;
  readonly actorId: string | null;

  constructor(client: Pick<pg.ClientBase, 'query'>, scope: Scope) {
    super(client, 'transaction');
    this.clinicId = scope.clinicId;
    this.actorId = scope.actorId ?? null;
  }
}
