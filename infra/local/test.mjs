// npm test: everything, on a machine with nothing but Node. `check` is the quick part of it; a stage's name runs that stage alone,
// and what follows the name goes to Jest: node infra/local/test.mjs server injections
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build, buildClient } from './build.mjs';
import { fail, green, heading, Plain, red, report, yellow } from './console.mjs';
import { endCaptured, install } from './install.mjs';
import { root } from './layout.mjs';
import { openScratch } from './scratch.mjs';

const CLINICAL = ['packages/clinical', 'test/tidy.test.ts', 'test/dependency-rules.test.ts'];
const STAGES = {
  build: { title: 'Build', work: product },
  types: { title: 'Types', work: types },
  lint: { title: 'Lint and format', work: () => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) },
  rules: {
    title: 'Dependency rules',
    work: () => tool('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'packages', 'apps']),
  },
  quick: { title: 'Clinical rules and house rules', work: () => jest('server', CLINICAL, { VASTUS_WITHOUT_DATABASE: '1' }) },
  server: {
    title: 'Server: rules, modules through HTTP, jobs',
    work: (args) => jest('server', args),
    needs: ['database', 'redis', 'web-server'],
  },
  admin: { title: 'Dashboard components', work: (args) => jest('admin', args) },
  fuzz: { title: 'Every operation with drawn requests', work: fuzz, needs: ['database'] },
  journeys: { title: 'Browser journeys', work: journeys, needs: ['database'] },
};
const PLANS = { all: ['build', 'types', 'lint', 'rules', 'server', 'admin', 'journeys'], check: ['types', 'lint', 'rules', 'quick'] };

const count = { passed: 0, failed: 0, skipped: 0 };
const running = new Set();
let scratch;
let interrupted = false;

async function main([chosen = 'all', ...args]) {
  const plan = PLANS[chosen] ?? (STAGES[chosen] && [chosen]);
  if (!plan) throw new Plain(`there is no stage "${chosen}". There are: ${[...Object.keys(PLANS), ...Object.keys(STAGES)].join(', ')}.`);
  const since = performance.now();
  await install();
  await buildClient();
  scratch = await openScratch(new Set(plan.flatMap((name) => STAGES[name].needs ?? [])));
  const outcomes = [];
  for (const name of plan) {
    if (interrupted) break;
    outcomes.push(await perform(STAGES[name], PLANS[chosen] ? [] : args));
  }
  heading('Summary');
  for (const { title, passed, took } of outcomes) console.log(`  ${passed ? green('✓') : red('✗')} ${title.padEnd(46)} ${took}`);
  for (const notice of scratch.notices) console.log(`  ${yellow('!')} ${notice}`);
  console.log(`  ${'Everything'.padEnd(48)} ${seconds(since)}\n`);
}

async function perform({ title, work }, args) {
  heading(title);
  const since = performance.now();
  const failedBefore = count.failed;
  const passed = await work(args);
  if (!passed && count.failed === failedBefore) count.failed++;
  return { title, passed, took: seconds(since) };
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function product() {
  try {
    await build();
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

// The long version of what the stage `server` does with some hundred requests.
function fuzz(args) {
  const { VASTUS_FUZZ_REQUESTS = '21000', VASTUS_FUZZ_WALKS = '1000' } = process.env;
  return jest('server', ['openapi-fuzz', 'other-clinic', ...args], { VASTUS_FUZZ_REQUESTS, VASTUS_FUZZ_WALKS });
}

async function journeys(args) {
  return (await product()) && jest('journeys', args, {}, ['--runInBand']);
}

// Everything that runs on Node in one go: package by package the server would be checked three times.
async function types() {
  const results = [];
  for (const project of ['infra/tsconfig.server.json', 'apps/admin', 'test']) {
    // What was found is kept: after a change only what depends on it is checked again.
    const kept = ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/types/${project.replaceAll('/', '-')}.tsbuildinfo`];
    results.push(await tool('typescript/bin/tsc', ['--pretty', 'false', '--project', project, ...kept]));
  }
  return results.every(Boolean);
}

const tool = (file, args, env) => run([path.join(root, 'node_modules', file), ...args], env);

async function run(args, env = {}) {
  if (interrupted) return false;
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  running.add(child);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      fail(error.message);
      resolve(false);
    });
    child.once('close', (code) => {
      running.delete(child);
      resolve(code === 0);
    });
  });
}

async function jest(project, args, env = {}, flags = ['--maxWorkers=2']) {
  const outputFile = path.join(scratch.folder, `${project}.json`);
  const options = ['--config', `infra/jest/${project}.config.mjs`, '--json', `--outputFile=${outputFile}`, '--passWithNoTests', '--ci'];
  const passed = await tool('jest/bin/jest.js', [...options, ...flags, ...args], { ...scratch.env, ...env, NODE_ENV: 'test' });
  if (!fs.existsSync(outputFile)) return false;
  const result = JSON.parse(fs.readFileSync(outputFile, 'utf8'));
  count.passed += result.numPassedTests;
  count.failed += result.numFailedTests + result.numRuntimeErrorTestSuites; // a file that does not load has no failed test
  count.skipped += result.numPendingTests + result.numTodoTests;
  return passed;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    endCaptured();
    for (const child of running) child.kill('SIGTERM');
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  report(error);
  count.failed++;
} finally {
  await scratch?.close();
}
if (interrupted) count.failed++;
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed > 0 ? 1 : 0;
