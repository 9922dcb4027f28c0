/** Whoever sends traces nowhere pays nothing for them: the programs as they are built, asked what they have loaded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import { freePort } from '../infra/local/postgres.mjs';

let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own?.drop());

/** Packages of OpenTelemetry that a built program has loaded when it is ready. */
async function loadedBy(program: 'api' | 'worker', more: Record<string, string>): Promise<string[]> {
  const port = String(await freePort(0));
  const child = spawn(process.execPath, [path.join(__dirname, `../apps/${program}/dist/main.js`)], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: own.appUrl,
      [program === 'api' ? 'PORT' : 'METRICS_PORT']: port,
      LOG_LEVEL: 'silent',
      // Both of Node's module systems say which file they take.
      NODE_DEBUG: 'module,esm',
      ...more,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const files = new Set<string>();
  createInterface(child.stderr).on('line', (line) => {
    for (const [, file] of line.matchAll(/node_modules\/(?!\.pnpm)((?:@[\w-]+\/)?[\w.-]+\/[^"' ]+\.(?:c|m)?js)/g)) files.add(file!);
  });
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    for (const end = performance.now() + 60_000; !(await ready()); await sleep(50))
      if (child.exitCode !== null || performance.now() > end) throw new Error(`the ${program} does not start`);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  expect(files.size).toBeGreaterThan(300);
  return [...new Set([...files].map((file) => file.split('/').slice(0, 2).join('/')))]
    .filter((name) => name.startsWith('@opentelemetry/'))
    .sort();
}

test.each(['api', 'worker'] as const)(
  '%s: without an endpoint the interface alone, which does nothing; with one, the exporter',
  async (program) => {
    expect(await loadedBy(program, {})).toEqual(['@opentelemetry/api']);
    const traced = await loadedBy(program, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(traced).toEqual(expect.arrayContaining(['@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/sdk-trace-node']));
  },
  120_000,
);
