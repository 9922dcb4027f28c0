/** The images without a container engine: the files that the Dockerfile puts into them, run by an account that may write none of them. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { commandOf, lay } from '../infra/local/image.mjs';
import { freePort } from '../infra/local/postgres.mjs';
import { until } from '../packages/server/src/testing/until.js';

const NOBODY = 65_534;
/** What a compiled file of ours imports, at once or later. */
const IMPORT = /^(?:import(?:[\w$*{},\s]+from)?|export[\w$*{},\s]+from)\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;
const RESOLVE = `
  import fs from 'node:fs';
  import { fileURLToPath, pathToFileURL } from 'node:url';
  const isMissing = ([wanted, from]) => {
    try {
      const found = import.meta.resolve(wanted, pathToFileURL(from).href);
      return found.startsWith('file:') && !fs.existsSync(fileURLToPath(found));
    } catch {
      return true;
    }
  };
  console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).filter(isMissing).map((pair) => pair.join(' in '))));`;

let folder: string;
let identity: { uid?: number; gid?: number };
let owner: pg.Client;
let databaseUrl: string;
let ownerUrl: string;
const database = `vastus_image_${randomBytes(6).toString('hex')}`;
const password = randomBytes(12).toString('hex');
const started: ChildProcess[] = [];
const tree = (target: string) => path.join(folder, target);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-image-'));
  fs.chmodSync(folder, 0o755);
  const made: Record<string, string> = {};
  for (const target of ['runtime', 'migrate', 'api', 'worker']) {
    await lay(target, tree(target), made);
    made[target] = tree(target);
  }
  // Root may write whatever the mode says: it lets somebody else run them, unless nobody else can start this Node.
  spawnSync('chmod', ['-R', 'a-w,a+rX', folder]);
  const isRoot = process.getuid?.() === 0;
  const other = { uid: NOBODY, gid: NOBODY };
  identity = isRoot && spawnSync(process.execPath, ['--version'], { ...other, cwd: '/' }).status === 0 ? other : {};

  const admin = new URL(process.env['TEST_DATABASE_URL']!);
  owner = new pg.Client({ connectionString: admin.href });
  await owner.connect();
  await owner.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  ownerUrl = Object.assign(new URL(admin), { pathname: `/${database}` }).href;
  databaseUrl = Object.assign(new URL(ownerUrl), { username: database, password }).href;
}, 240_000);

afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  await owner?.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await owner?.query(`DROP ROLE IF EXISTS ${database}`);
  await owner?.end();
  spawnSync('chmod', ['-R', 'u+w', folder]);
  fs.rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('whoever runs them may write none of them', () => {
  const write = spawnSync(process.execPath, ['--eval', "require('node:fs').writeFileSync('probe', '')"], { ...identity, cwd: tree('api') });
  expect(write.status === 0).toBe(process.getuid?.() === 0 && identity.uid === undefined);
});

/** With nothing in its environment but what it is given: no home, no settings of whoever runs the tests. */
function start(target: string, command: string[], env: Record<string, string>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, command.slice(1), { ...identity, cwd: tree(target), env: { NODE_ENV: 'production', ...env } });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += text));
  return { child, said: () => said };
}

async function finished(target: string, command: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { child, said } = start(target, command, env);
  const [code] = await once(child, 'close');
  return { code, said: said() };
}

function* scripts(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* scripts(path.join(dir, entry.name));
    else if (/\.m?js$/.test(entry.name)) yield path.join(dir, entry.name);
  }
}

test('whatever is imported is there, and nothing that is for tests', () => {
  const files = ['migrate', 'api', 'worker'].flatMap((target) => [...scripts(tree(target))]);
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => /\.(test|fixture)\.|\/testing/.test(file))).toEqual([]);
  const asked = files.flatMap((file) =>
    [...fs.readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, at, later]) => [at ?? later, file] as const),
  );
  expect(asked.length).toBeGreaterThan(1_000);
  const flags = ['--experimental-import-meta-resolve', '--input-type=module', '--eval', RESOLVE];
  const missing = (pairs: typeof asked) =>
    JSON.parse(spawnSync(process.execPath, flags, { input: JSON.stringify(pairs), encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout);
  expect(missing(asked)).toEqual([]);
  // One that is not there would be found.
  const [, somewhere] = asked[0]!;
  expect(
    missing([
      ['prisma', somewhere],
      ['./nowhere.js', somewhere],
      ['zod', path.join(tree('api'), 'packages/server/dist/index.js')],
    ]),
  ).toHaveLength(2);
});

test('of the tools of building nothing is delivered', () => {
  const packages = fs.readdirSync(path.join(tree('api'), 'node_modules/.pnpm')).map((name) => name.replace(/(?<=.)@.*$/, ''));
  expect(packages).toEqual(expect.arrayContaining(['fastify', '@prisma+client', 'bullmq']));
  for (const tool of ['prisma', 'typescript', 'react', 'vite', 'jest', '@swc+core']) expect(packages).not.toContain(tool);
});

test('migrations, the first clinic, API and worker, in the order of the compose file', async () => {
  const application = { DATABASE_URL: databaseUrl, AUTH_SECRET: randomBytes(32).toString('hex'), PUBLIC_URL: 'https://vastus.example' };
  const migrated = await finished('migrate', commandOf('migrate'), { MIGRATION_DATABASE_URL: ownerUrl });
  expect(migrated).toMatchObject({ code: 0 });
  await owner.query(`CREATE ROLE ${database} LOGIN PASSWORD '${password}' IN ROLE vastus_app`);

  const clinic = ['--name', 'The first', '--zone', 'Europe/Berlin', '--administrator', 'ada@clinic.example'];
  const invited = await finished('api', ['node', 'packages/server/dist/tools/clinic.js', ...clinic], application);
  expect(invited).toMatchObject({ code: 0, said: expect.stringContaining('https://vastus.example/join#') });

  const port = await freePort(0);
  const api = start('api', commandOf('api'), { ...application, PORT: String(port), HOST: '127.0.0.1' });
  const worker = start('worker', commandOf('worker'), application);
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`)
      .then(({ ok }) => ok)
      .catch(() => false);
  await until(isReady, 60);
  await until(() => worker.said().includes('"name":"worker"'), 60);
  for (const [target, subject] of [
    ['api', `http://127.0.0.1:${port}/readyz`],
    ['worker', 'DATABASE_URL'],
  ] as const)
    expect([target, (await finished(target, ['node', 'infra/docker/healthy.mjs', subject], application)).code]).toEqual([target, 0]);

  const ask = (place: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${port}/api${place}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const [, token] = /join#(\S+)/.exec(invited.said)!;
  const person = { token, name: 'Ada Example', password: 'three horses and a staple' };
  // Who administers the clinic is not in before there is a second factor.
  expect(await (await ask('/invitation/accept', person)).json()).toEqual({ next: 'enrolment' });
  expect((await ask('/docs')).status).toBe(200);

  // Told to end, both end well, and soon.
  for (const { child, said } of [api, worker]) {
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect([code, said().match(/"level":(50|60).*/)?.[0]]).toEqual([0, undefined]);
  }
}, 180_000);
