const LONGEST_FAREWELL_MS = 7_000;

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

/** A start that failed says why in one line an operator can act on, and ends. */
export function failToStart(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
