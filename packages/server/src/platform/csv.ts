// Tables that leave the clinic as CSV: UTF-8 with a byte order mark, so that a spreadsheet reads the umlauts, and no cell that it would run.
import { Readable } from 'node:stream';
import { type Stringifier, stringify } from 'csv-stringify';

export type Cell = string | number | boolean | null;

/** Rows are asked for as fast as they are read, so a table of any length needs little memory. A failure on the way ends the answer early. */
export function csv(columns: readonly string[], rows: AsyncIterable<readonly Cell[]>): Stringifier {
  const table = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  });
  const source = Readable.from(rows);
  source.on('error', (error) => table.destroy(error));
  table.on('close', () => source.destroy());
  return source.pipe(table);
}
