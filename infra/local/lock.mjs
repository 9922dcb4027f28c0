// One launcher for each data directory: two would stop each other's PostgreSQL.
import fs from 'node:fs';
import { inState, state } from './layout.mjs';
import { identify, isSame } from './processes.mjs';

const file = inState('launcher.json');

/** Takes the lock for this process, or returns who holds it. */
export function takeLock(purpose) {
  fs.mkdirSync(state, { recursive: true, mode: 0o755 });
  const mine = JSON.stringify({ ...identify(process.pid), purpose });
  for (let attempt = 0; attempt < 3; attempt++) {
    // Written elsewhere and linked into place: a lock file is never seen half-written.
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, mine);
    try {
      fs.linkSync(draft, file);
      process.once('exit', releaseLock);
      return { taken: true };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(draft, { force: true });
    }
    const holder = lockHolder();
    if (holder) return { taken: false, holder };
    fs.rmSync(file, { force: true });
  }
  throw new Error(`${file} cannot be taken`);
}

/** The live process that holds the lock, or undefined. */
export function lockHolder() {
  try {
    const holder = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isSame(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

export function releaseLock() {
  if (lockHolder()?.pid === process.pid) fs.rmSync(file, { force: true });
}
