// What a clinic's tables hold, so that a test can say: nothing was written.
import pg from 'pg';

// Who was not let in leaves that behind, and nothing else.
const ATTEMPTS = `('session.sign-in-failed', 'session.lock-out', 'session.proof-failed', 'second-factor.code-used-again')`;
const ASIDE: Readonly<Record<string, string>> = {
  audit_entry: ` AND action NOT IN ${ATTEMPTS}`,
  audit_unsealed: ` AND entry_id NOT IN (SELECT id FROM audit_entry WHERE action IN ${ATTEMPTS})`,
};

/** Reads as the owner, past the walls. */
export class ClinicContent {
  private constructor(
    readonly owner: pg.Client,
    readonly tables: readonly string[],
  ) {}

  static async open(ownerUrl: string): Promise<ClinicContent> {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND column_name = 'clinic_id' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const tables = rows.map((row) => row.table_name);
    for (const table of ['patient', 'injection', 'milestone', 'audit_entry', 'idempotency_key'])
      if (!tables.includes(table)) throw new Error(`there is no table ${table} to look into`);
    return new ClinicContent(owner, tables);
  }

  /** Number and content of the clinic's rows in every table; `but` leaves tables out. */
  async of(clinicId: string, { but = [] }: { but?: readonly string[] } = {}): Promise<string> {
    const counts = this.tables
      .filter((table) => !but.includes(table))
      .map(
        (table) =>
          `SELECT '${table}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS hash FROM "${table}" t WHERE clinic_id = $1${ASIDE[table] ?? ''}`,
      );
    const { rows } = await this.owner.query({
      name: `content ${but.join(' ')}`.slice(0, 60),
      text: counts.join(' UNION ALL '),
      values: [clinicId],
    });
    return rows.map(({ name, rows: n, hash }) => `${name} ${n} ${hash}`).join('\n');
  }

  close(): Promise<void> {
    return this.owner.end();
  }
}
