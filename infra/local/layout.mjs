// Where the local stack keeps what it remembers between starts.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const state = path.resolve(root, process.env.VASTUS_DATA_DIR ?? '.vastus');
/** Taken by a child (`--import`) that must not outlive whoever started it. */
export const LEASH = pathToFileURL(path.join(root, 'infra/local/leash.mjs')).href;
export const stamps = path.join(root, '.vastus', 'build');
export const logs = path.join(state, 'logs');
export const database = path.join(state, 'postgres');
/** Where finished WAL is kept, for going back to a point in time; undefined = it is not. */
export const archive = process.env.VASTUS_WAL_ARCHIVE ? path.resolve(root, process.env.VASTUS_WAL_ARCHIVE) : undefined;
export const inState = (name) => path.join(state, name);

/** A secret made once and kept where only this user can read it. */
export function secret(name) {
  const file = inState(`${name}.secret`);
  fs.mkdirSync(state, { recursive: true });
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, randomBytes(32).toString('base64url'), {
      mode: 0o600,
    });
    fs.renameSync(draft, file);
  }
  return fs.readFileSync(file, 'utf8').trim();
}
