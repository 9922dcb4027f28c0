// After the api has cut off the last request (http/limits.ts), before whoever told it to stop kills it (infra/local, docker-compose.yml).
const LONGEST_FAREWELL_MS = 13_000;

/** Calls `close` once when the process is told to end: by a signal, or because whoever started it is gone. */
export function onStop(close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // Something that never lets go must not keep the process: whoever told it to stop kills it soon anyway.
    setTimeout(() => process.exit(1), LONGEST_FAREWELL_MS).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.channel) {
    process.on('disconnect', stop);
    process.channel.unref();
  }
}

/** Something outside of the program keeps it from starting; the message tells an operator what. */
export class StartError extends Error {
  override name = 'StartError';
}

/** A start that failed says why, and ends. Where the world is to blame one line says it; where the program is, the place. */
export function failToStart(error: unknown): never {
  const told = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const isOutside = told instanceof Error && (told instanceof StartError || 'code' in told);
  process.stderr.write(`${told instanceof Error ? (isOutside ? told.message : told.stack) : String(told)}\n`);
  process.exit(1);
}
