import 'reflect-metadata';
import { createApi, failToStart, onStop, readConfig } from '@vastus/server';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApi(config);
  onStop(() => app.close());
  await app.listen({ host: config.host, port: config.port });
}

main().catch(failToStart);
