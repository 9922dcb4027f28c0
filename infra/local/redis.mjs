// A Redis that keeps nothing on disk, for tests and drills: the one on the PATH.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Plain } from './console.mjs';
import { freePort } from './postgres.mjs';

export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/**
 * Starts it; `exited` resolves when it is gone. It does not end with this process: whoever starts it ends it by its pid, which `onSpawn` is
 * told before anything is waited for.
 */
export async function startRedis({ folder, port: wanted = 0, onSpawn }) {
  const port = await freePort(wanted);
  const flags = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, logfile: path.join(folder, 'redis.log') };
  const child = spawn(
    'redis-server',
    Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore', detached: true },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  onSpawn?.(child.pid);
  for (const limit = performance.now() + 10_000; performance.now() < limit; await sleep(50)) {
    if (await answers(port)) return { port, url: `redis://127.0.0.1:${port}`, pid: child.pid, exited };
  }
  child.kill('SIGKILL');
  throw new Plain('redis-server does not start.');
}

/** Sends one command and waits for the first of the answer. */
export const askRedis = (port, command) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${command}\r\n`));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });

const answers = async (port) => (await askRedis(port, 'PING'))?.startsWith('+PONG') === true;
