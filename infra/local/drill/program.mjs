// One of the product's programs under somebody who starts it again whenever it ends, as an orchestrator does.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEASH, root } from '../layout.mjs';

const START_AGAIN_AFTER_MS = 400;
const READY_WITHIN_MS = 90_000;
const FAREWELL_MS = 15_000;

export class Program {
  #child;
  #ready = false;
  #hit = false;
  #wanted = true;
  #log;
  #lastLines = [];
  /** Ends that nobody caused: the program gave up by itself, or was told to end and did not do so properly. */
  faults = [];
  /** Starts that failed because what the program needs was away. */
  failedStarts = 0;
  starts = 0;

  /** `isReady` is asked for with each line of the log until it says yes. */
  constructor(name, file, env, logFile) {
    Object.assign(this, { name, file, env });
    this.#log = fs.createWriteStream(logFile, { flags: 'a' });
  }

  get isReady() {
    return this.#ready;
  }

  start() {
    this.#ready = false;
    this.#hit = false;
    this.starts += 1;
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', LEASH, path.join(root, this.file)], {
      cwd: root,
      env: { PATH: process.env.PATH, ...this.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    child.once('close', (code, signal) => this.#over(code, signal));
  }

  async untilReady() {
    for (const limit = performance.now() + READY_WITHIN_MS; performance.now() < limit; await sleep(50)) if (this.#ready) return;
    throw new Error(`${this.name} is not ready after ${READY_WITHIN_MS / 1000} s. Its last words:\n${this.#lastLines.join('\n')}`);
  }

  /** Kills it, or with SIGTERM asks it to end, and lets it be started again after `pauseMs`. */
  async hit(signal, pauseMs) {
    const child = this.#child;
    const wasReady = this.#ready;
    const gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    if (child.exitCode !== null || child.signalCode !== null) return;
    this.#hit = true;
    this.#ready = false;
    this.pauseMs = pauseMs;
    child.kill(signal);
    const code = await Promise.race([gone, sleep(FAREWELL_MS, 'too late', { ref: false })]);
    if (signal === 'SIGTERM' && wasReady && code !== 0) this.faults.push(`${this.name}: told to end, it ended with ${code}`);
  }

  /** Ends it for good. */
  async end() {
    this.#wanted = false;
    await this.hit('SIGTERM', 0);
    this.#child?.kill('SIGKILL');
    this.#log.end();
  }

  #hear(line) {
    this.#log.write(`${line}\n`);
    this.#lastLines = [...this.#lastLines.slice(-9), line];
    if (/"msg":"(the worker is running"|Server listening at)/.test(line)) this.#ready = true;
  }

  #over(code, signal) {
    if (!this.#hit && this.#ready)
      this.faults.push(`${this.name} ended by itself (${signal ?? `exit ${code}`}): ${this.#lastLines.join(' | ')}`);
    else if (!this.#hit) this.failedStarts += 1;
    this.#ready = false;
    if (this.#wanted) setTimeout(() => this.#wanted && this.start(), this.#hit ? this.pauseMs : START_AGAIN_AFTER_MS);
  }
}
