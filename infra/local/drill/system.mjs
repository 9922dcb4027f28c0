// The whole product with doors in between: two APIs and a worker, a PostgreSQL that forgets nothing, a Redis that keeps nothing.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inState, root, state } from '../layout.mjs';
import { addressesFrom, freePort, startPostgres } from '../postgres.mjs';
import { end } from '../processes.mjs';
import { askRedis, startRedis } from '../redis.mjs';
import { applicationEnvironment, prepareDatabase } from '../stack.mjs';
import { Gate } from './gate.mjs';
import { Program } from './program.mjs';

// Asked for when it is needed: in a fresh checkout there are no packages yet while this file is read.
const require = createRequire(import.meta.url);
const DATA = inState('postgres');
// The machine is shared with everything else; what is on disk when a commit is answered stays as it is by default.
const SETTINGS = { shared_buffers: '128MB' };

export class System {
  #database;
  #postgres;
  #redis;
  #gates = {};
  #programs = [];
  #env;
  offsetMs = 0;

  /** On a database of its own; `queue` is `postgres` or `redis`. */
  static async open(queue) {
    const system = new System();
    system.queue = queue;
    system.#database = `vastus_drill_${queue}`;
    try {
      await system.#open();
      return system;
    } catch (error) {
      await system.close();
      throw error;
    }
  }

  async #open() {
    fs.mkdirSync(state, { recursive: true });
    fs.chmodSync(state, 0o711);
    this.#postgres = await startPostgres({ dataDir: DATA, settings: SETTINGS, logFile: inState('postgres.log') });
    await prepareDatabase(this.#postgres, this.#database);
    this.#gates.database = await Gate.open(this.#postgres.port);
    if (this.queue === 'redis') {
      this.#redis = await startRedis({ folder: state });
      this.#gates.redis = await Gate.open(this.#redis.port);
    }
    // As the application sees them: past the doors. The password is the same on every port.
    const through = new URL(this.#postgres.ownerUrl(this.#database));
    through.port = String(this.#gates.database.port);
    this.#env = {
      ...applicationEnvironment(addressesFrom(through.href), this.#database),
      QUEUE_URL: this.#gates.redis && `redis://127.0.0.1:${this.#gates.redis.port}`,
      NODE_ENV: 'test',
      // A few writers do the work of many people.
      REQUESTS_PER_MINUTE: '1000000',
      HOST: '127.0.0.1',
      VASTUS_TEST_CLOCK: 'on',
      LOG_LEVEL: 'info',
    };
    const log = (name) => inState(`${this.queue}-${name}.log`);
    for (const name of ['api-1', 'api-2']) {
      const port = await freePort(0);
      this.#gates[name] = await Gate.open(port);
      this.#programs.push(new Program(name, 'apps/api/dist/main.js', { ...this.#env, PORT: String(port) }, log(name)));
    }
    this.#programs.push(new Program('worker', 'apps/worker/dist/main.js', this.#env, log('worker')));
    for (const program of this.#programs) program.start();
    await Promise.all(this.#programs.map((program) => program.untilReady()));
  }

  /** Where clients knock. */
  get doors() {
    return ['api-1', 'api-2'].map((name) => `http://127.0.0.1:${this.#gates[name].port}`);
  }

  get programs() {
    return this.#programs;
  }

  program(name) {
    return this.#programs.find((program) => program.name === name);
  }

  gate(name) {
    return this.#gates[name];
  }

  /** The clock as the product has it. */
  now() {
    return Date.now() + this.offsetMs;
  }

  /** As the owner, past the doors. While PostgreSQL is away, or something in the way, `work` is tried again from the start. */
  async asOwner(work) {
    for (const limit = performance.now() + 60_000; ; await sleep(100)) {
      const client = new (require('pg').Client)({
        connectionString: this.#postgres.ownerUrl(this.#database),
        connectionTimeoutMillis: 10_000,
      });
      client.on('error', () => {});
      try {
        await client.connect();
        return await work(client);
      } catch (error) {
        const passing = /^(ECONN|EPIPE|57P|08|55P03|40P01)/.test(error.code) || /terminated|timeout expired/.test(error.message);
        if (!passing || performance.now() > limit) throw error;
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  /** Time passes as it does in life: nobody is told but the clocks. */
  async advance(days) {
    this.offsetMs += days * 86_400_000;
    await this.asOwner((client) =>
      client.query(`WITH moved AS (UPDATE test_clock SET offset_ms = $1 RETURNING 1) SELECT pg_notify('vastus_clock', '') FROM moved`, [
        this.offsetMs,
      ]),
    );
  }

  async killPostgres(pauseMs) {
    process.kill(this.#postgres.pid, 'SIGKILL');
    await this.#postgres.exited;
    await sleep(pauseMs);
    this.#postgres = await startPostgres({
      dataDir: DATA,
      port: this.#postgres.port,
      settings: SETTINGS,
      logFile: inState('postgres.log'),
    });
    this.#gates.database.target = this.#postgres.port;
  }

  /** One of the server's processes dies: PostgreSQL takes the shared memory for damaged, cuts everybody off and recovers. */
  async killServerProcess() {
    const pid = await this.asOwner(async (client) => {
      const { rows } = await client.query(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1',
      );
      return rows[0]?.pid;
    });
    if (pid) process.kill(pid, 'SIGKILL');
  }

  async terminateConnections(share) {
    await this.asOwner((client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < $1`,
        [share],
      ),
    );
  }

  async killRedis(pauseMs) {
    process.kill(this.#redis.pid, 'SIGKILL');
    await this.#redis.exited;
    await sleep(pauseMs);
    this.#redis = await startRedis({ folder: state, port: this.#redis.port });
    this.#gates.redis.target = this.#redis.port;
  }

  /** Everything the queue knows is gone, schedulers and all, and nobody is told. */
  async emptyQueue() {
    if (this.queue === 'redis') {
      await askRedis(this.#redis.port, 'FLUSHALL');
      return;
    }
    await this.asOwner(async (client) => {
      await client.query(`SET lock_timeout = '5s'`);
      const { rows } = await client.query(
        `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables
          WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
      );
      await client.query(`TRUNCATE ${rows[0].tables}`);
    });
  }

  /** Runs one of the product's tools on this database. */
  async tool(name) {
    const file = path.join(root, `packages/server/dist/tools/${name}.js`);
    const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH, ...this.#env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const status = await new Promise((resolve) => child.once('close', resolve));
    return { status, output };
  }

  async endPrograms() {
    await Promise.all(this.#programs.map((program) => program.end()));
  }

  async close() {
    await this.endPrograms();
    for (const gate of Object.values(this.#gates)) await gate.close();
    if (this.#redis) await end(this.#redis.pid, [['SIGKILL', 5_000]]);
    await this.#postgres?.stop();
  }
}
