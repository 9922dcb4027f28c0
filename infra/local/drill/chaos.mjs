// npm run drill:chaos [-- --faults 200 --writes 10000 --every SECONDS --seed WORD --queue postgres,redis --report FILE]: nurses write while
// everything that can break breaks, on each of the queues; afterwards everything they were told must be true. Ends with 1 where it is not.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bold, fail, green, Plain, red, report, say } from '../console.mjs';

const { values: options } = parseArgs({
  options: {
    faults: { type: 'string', default: '200' },
    writes: { type: 'string', default: '10000' },
    every: { type: 'string', default: '4' },
    seed: { type: 'string', default: Date.now().toString(36) },
    queue: { type: 'string', default: 'postgres,redis' },
    report: { type: 'string' },
    outcome: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const FAULTS = Number(options.faults);
const WRITES = Number(options.writes);
const NIGHTS = Math.min(5, Math.floor(FAULTS / 6));
const NIGHT_DAYS = 9;
const BETWEEN_FAULTS_MS = [0.2, 1.8].map((share) => share * 1_000 * Number(options.every));
const WRITERS = 12;
const AHEAD = 0.02;
const SETTLED_WITHIN_MS = 150_000;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-drill-'));
process.env.VASTUS_DATA_DIR = folder; // read when the modules below are loaded
const { build } = await import('../build.mjs');
const { install } = await import('../install.mjs');
const { LEASH } = await import('../layout.mjs');
const { removePostgres } = await import('../postgres.mjs');
const { hasRedis } = await import('../redis.mjs');
const { System } = await import('./system.mjs');
const { Trouble } = await import('./faults.mjs');
const { alertFaults, factFaults, summed, untestedChecks } = await import('./verdicts.mjs');
const { commitNow, outcomeOf, reportOf } = await import('./report.mjs');

let opened;

async function drill(queue) {
  const seed = `${options.seed}/${queue}`;
  console.log(bold(`\nThe queue on ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}, seed ${options.seed}`));
  const since = performance.now();
  // Of what has just been built.
  const { Chance } = await import('../../../packages/server/dist/seed/random.js');
  const { Ward } = await import('./writers.mjs');
  const chance = new Chance(seed);
  const system = await System.open(queue);
  opened = system;
  try {
    const ward = new Ward(system, seed, { writers: WRITERS, pauseMs: [5, 100] });
    await ward.open();
    const trouble = new Trouble(system, chance, (kind) => say(`${clock(since)}  ${kind}`));
    ward.begin();
    for (let nights = 0; trouble.total < FAULTS || ward.acknowledged.length < WRITES; ) {
      await sleep(chance.whole(...BETWEEN_FAULTS_MS));
      const written = ward.acknowledged.length / WRITES;
      // Spread over the writes: without pause between faults nothing would be written that could be lost.
      if (trouble.total / FAULTS <= written + AHEAD) trouble.strike();
      const progress = Math.min(trouble.total / FAULTS, written);
      if (nights >= NIGHTS || progress < (nights + 1) / (NIGHTS + 1)) continue;
      nights += 1;
      await trouble.untilWhole();
      await ward.rest(() => system.advance(NIGHT_DAYS));
      say(`${clock(since)}  night ${nights}: ${ward.acknowledged.length} writes acknowledged, ${trouble.total} faults`);
    }
    await trouble.untilWhole();
    await ward.stop();
    // Whatever hit last may have been kind to the queue. This is not; and nobody starts the worker again.
    await trouble.hit('queue emptied');
    await system.advance(NIGHT_DAYS);
    const verdicts = await judge(system, ward, trouble);
    for (const { what, faults } of verdicts) {
      if (faults.length === 0) console.log(`  ${green('✓')} ${what}`);
      else fail(`${what}\n      ${faults.join('\n      ')}`);
    }
    return outcomeOf({ queue, seconds: (performance.now() - since) / 1000, ward, trouble, system, verdicts });
  } finally {
    await system.close();
  }
}

async function judge(system, ward, trouble) {
  const alertsAfter = await settled(() => system.asOwner((client) => alertFaults(client, system.now())));
  const sealedAfter = await settled(() =>
    system.asOwner(async (client) => {
      const { rows } = await client.query('SELECT count(*)::int AS n FROM audit_unsealed');
      return rows[0].n > 0 ? [`${rows[0].n} entries are not sealed`] : [];
    }),
  );
  await system.endPrograms();
  const tool = async (name) => {
    const { status, output } = await system.tool(name);
    return status === 0 ? [] : output.trim().split('\n').slice(-8);
  };
  return [
    {
      what: 'every acknowledged write is there exactly once; nothing else is half there',
      faults: summed(await system.asOwner((client) => factFaults(client, ward.writes))),
    },
    { what: 'every milestone that is due has its alert, exactly once', faults: alertsAfter },
    { what: 'replay finds no difference', faults: await tool('replay') },
    { what: 'the audit trail is sealed and verifies', faults: [...sealedAfter, ...(await tool('verify-audit'))] },
    {
      what: 'whoever got no success was told 503 with Retry-After, and to whom was told to wait the write was taken later',
      faults: summed(ward.strange),
    },
    {
      what: 'no program ended by itself; told to end, each did so in time',
      faults: summed(system.programs.flatMap(({ faults }) => faults)),
    },
    { what: 'every fault could be inflicted', faults: summed(trouble.failures) },
    {
      what: 'these checks notice damage',
      faults: await system.asOwner((client) => untestedChecks(client, ward.writes, system.now())),
    },
  ];
}

/** What is still wrong when the time for it is over. */
async function settled(check) {
  for (const limit = performance.now() + SETTLED_WITHIN_MS; ; await sleep(250)) {
    const faults = await check();
    if (faults.length === 0 || performance.now() > limit) return faults;
  }
}

const clock = (since) => {
  const seconds = Math.floor((performance.now() - since) / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`;
};

async function main() {
  if (!(FAULTS > 0 && WRITES > 0 && Number(options.every) > 0)) throw new Plain('--faults, --writes and --every take a number.');
  await install();
  await build();
  const queues = options.queue.split(',').filter((queue) => queue !== 'redis' || hasRedis() || say('SKIPPED: no redis-server on the PATH'));
  const commit = commitNow(); // of what is about to run, whatever is committed meanwhile
  const outcomes = queues.length === 1 ? [await drill(queues[0])] : await Promise.all(queues.map(elsewhere));
  if (options.outcome) fs.writeFileSync(options.outcome, JSON.stringify(outcomes[0]));
  if (options.report)
    fs.writeFileSync(
      options.report,
      reportOf(outcomes, { seed: options.seed, faults: FAULTS, writes: WRITES, every: options.every, writers: WRITERS, commit }),
    );
  const wrong = outcomes.flatMap(({ verdicts }) => verdicts).filter(({ faults }) => faults.length > 0);
  const counts = outcomes.map(({ queue, acknowledged, faults }) => `${queue}: ${acknowledged} writes, ${faults} faults`).join('; ');
  console.log(`\n${wrong.length === 0 ? green('nothing lost, nothing twice') : red(`${wrong.length} verdicts failed`)} (${counts})`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

/** The drill of one queue in a process of its own, beside the other. */
async function elsewhere(queue) {
  const file = path.join(folder, `${queue}.json`);
  const same = ['faults', 'writes', 'every'].flatMap((name) => [`--${name}`, options[name]]);
  const args = ['--import', LEASH, fileURLToPath(import.meta.url), '--queue', queue, '--seed', options.seed, '--outcome', file, ...same];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => line.trim() && console.log(`${queue.padEnd(9)}${line}`));
  await new Promise((resolve) => child.once('close', resolve));
  if (!fs.existsSync(file)) throw new Plain(`the drill of the queue on ${queue} did not come to its end.`);
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

// A drill that is interrupted leaves nothing behind.
async function clear() {
  await opened?.close().catch(() => {});
  if (options.keep) say(`kept: ${folder}`);
  else {
    await removePostgres(path.join(folder, 'postgres'));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => clear().finally(() => process.exit(1)));
try {
  await main();
} catch (error) {
  report(error);
  process.exitCode = 1;
} finally {
  await clear();
}
