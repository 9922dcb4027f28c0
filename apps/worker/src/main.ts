import 'reflect-metadata';
import { createWorker, failToStart, onStop, readConfig } from '@vastus/server';

async function main(): Promise<void> {
  const worker = await createWorker(readConfig(process.env));
  onStop(() => worker.close());
}

main().catch(failToStart);
