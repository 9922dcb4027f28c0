// Starts, watches, restarts and ends the application's processes.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Plain, warn } from './console.mjs';
import { inState, LEASH, logs, root } from './layout.mjs';
import { end, identify, isSame } from './processes.mjs';

const RECORD = inState('run.json');
const GENTLE = [
  ['SIGTERM', 15_000],
  ['SIGKILL', 2_000],
];
const LONGEST_PAUSE_MS = 30_000;
const READY_WITHIN_MS = 60_000;
const STEADY_MS = 30_000;
const LARGEST_LOG = 10 * 1024 * 1024;

const children = new Map();

/** Runs `file` until `endAll`; a process that dies is started again, later each time it dies young. */
export function keepRunning(name, file, env) {
  const child = {
    name,
    process: undefined,
    stopping: false,
    pauseMs: 1_000,
    deaths: 0,
    lastLines: [],
  };
  children.set(name, child);
  launch(child, file, env);
  return child;
}

function launch(child, file, env) {
  const since = performance.now();
  const log = openLog(child.name);
  // A process group of its own: Ctrl-C goes to the launcher, which ends the processes in the right order.
  child.process = spawn(process.execPath, ['--enable-source-maps', '--import', LEASH, path.join(root, file)], {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.process.stdout, child.process.stderr])
    createInterface({ input: stream }).on('line', (line) => tell(child, line, log));
  child.process.once('error', (error) => warn(`${child.name}: ${error.message}`));
  child.process.once('close', (code, signal) => {
    log.end();
    child.deaths++;
    if (child.stopping) return;
    if (performance.now() - since > STEADY_MS) child.pauseMs = 1_000;
    warn(`${child.name} ended (${signal ?? `exit ${code}`}); starting it again in ${child.pauseMs / 1000} s – see ${log.path}`);
    child.timer = setTimeout(() => launch(child, file, env), child.pauseMs);
    child.pauseMs = Math.min(child.pauseMs * 2, LONGEST_PAUSE_MS);
  });
  record();
}

function openLog(name) {
  const file = path.join(logs, `${name}.log`);
  fs.mkdirSync(logs, { recursive: true });
  if (fs.existsSync(file) && fs.statSync(file).size > LARGEST_LOG) fs.renameSync(file, `${file}.old`);
  return fs.createWriteStream(file, { flags: 'a', mode: 0o600 });
}

// Everything goes to the log file; warnings and errors, and whatever is no log record, also to the console.
function tell(child, line, log) {
  log.write(`${line}\n`);
  child.lastLines = [...child.lastLines.slice(-19), line];
  const entry = parse(line);
  if (!entry) return line.trim() && warn(`${child.name}: ${line}`);
  if (entry.level >= 40) warn(`${child.name}: ${entry.msg ?? ''} ${entry.err?.message ?? ''}`.trimEnd());
}

function parse(line) {
  try {
    const entry = JSON.parse(line);
    return typeof entry?.level === 'number' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function record() {
  const running = [...children.values()]
    .filter((child) => child.process?.pid)
    .map((child) => ({ name: child.name, ...identify(child.process.pid) }));
  fs.writeFileSync(RECORD, JSON.stringify(running));
}

/** Waits until the API says that database, queue and migrations are in order. */
export async function untilReady(url, api, isStopping = () => false) {
  let answer = 'no answer';
  for (const limit = performance.now() + READY_WITHIN_MS; performance.now() < limit && !isStopping(); await sleep(100)) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
      answer = `${response.status} ${await response.text()}`;
    } catch (error) {
      answer = error.cause?.code ?? error.message;
    }
    if (api.deaths > 0) break; // what stops it now stops it again
  }
  if (isStopping()) return;
  throw new Plain(`the application is not ready (${url}/readyz: ${answer}). Its last words:\n${api.lastLines.join('\n')}`);
}

/** Ends the processes in the order they were started. */
export async function endAll() {
  for (const child of children.values()) {
    child.stopping = true;
    clearTimeout(child.timer);
  }
  for (const child of children.values()) {
    const running = child.process?.pid && child.process.exitCode === null && child.process.signalCode === null;
    if (running && !(await end(child.process.pid, GENTLE))) warn(`${child.name} (pid ${child.process.pid}) does not end`);
  }
  fs.rmSync(RECORD, { force: true });
}

/** Ends what a killed launcher left running. */
export async function endOrphans() {
  let recorded = [];
  try {
    recorded = JSON.parse(fs.readFileSync(RECORD, 'utf8'));
  } catch {
    return;
  }
  for (const orphan of recorded.filter(isSame)) {
    warn(`ending ${orphan.name} (pid ${orphan.pid}), which an earlier launcher left running`);
    await end(orphan.pid, GENTLE);
  }
  fs.rmSync(RECORD, { force: true });
}
