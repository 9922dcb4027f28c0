// Knows whether a process still is the one that was recorded: a pid alone is not enough, pids are reused.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// An orphan in a container whose first process reaps nothing stays in the table for ever, but it is gone.
function isZombie(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().startsWith('Z');
  } catch {
    return false;
  }
}

/** When the process was started, in whatever unit the system counts; undefined when there is no such process. */
export function startedAt(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[19];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    return (
      execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], {
        encoding: 'utf8',
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

export const identify = (pid) => ({ pid, started: startedAt(pid) });

export const isSame = ({ pid, started }) => isAlive(pid) && startedAt(pid) === started;

/** The processes that started this one, nearest first, where the system tells. */
export function ancestors(pid) {
  const found = [];
  try {
    for (let parent = parentOf(pid); parent > 1; parent = parentOf(parent)) {
      found.push({ ...identify(parent), command: readFileSync(`/proc/${parent}/cmdline`, 'utf8').replaceAll('\0', ' ') });
    }
  } catch {
    // no /proc, or a process that is just ending
  }
  return found;
}

const parentOf = (pid) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1]);

/** The working directory of a process, where the system tells. */
export function workingDirectory(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** The processes that work in `directory`, where the system tells. */
export function workingIn(directory) {
  if (!existsSync('/proc/self/cwd')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === directory)
    .map(Number)
    .filter(isAlive);
}

export async function waitUntilGone(pid, milliseconds) {
  for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(20)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** Ends a process: each signal in turn, with the time it has to obey. */
export async function end(pid, signals) {
  for (const [signal, milliseconds] of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return true;
    }
    if (await waitUntilGone(pid, milliseconds)) return true;
  }
  return false;
}
