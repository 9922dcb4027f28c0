import 'reflect-metadata';
import { createWorker, failToStart, onStop, readConfig } from '@vastus/server';

async function main(): Promise<void> {
  const starting = createWorker(readConfig(process.env));
  // Before it says that it runs: whoever reads that may tell it to end.
  onStop(async () => (await starting).close());
  await starting;
}

main().catch(failToStart);
