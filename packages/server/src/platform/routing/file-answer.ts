import type { Readable } from 'node:stream';

/** The answer of a route that is declared with a `file`: it is kept by the browser under its name, and never shown in place. */
export class FileAnswer {
  constructor(
    /** ASCII and without patient data: it stays in a download folder. */
    readonly name: string,
    readonly content: Buffer | Readable,
  ) {}
}
