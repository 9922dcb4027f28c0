import 'reflect-metadata';
import { createApi, failToStart, onStop, readConfig } from '@vastus/server';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const starting = createApi(config);
  onStop(async () => (await starting).close());
  const app = await starting;
  await app.listen({ host: config.host, port: config.port });
}

main().catch(failToStart);
