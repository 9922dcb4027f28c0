// Installs the packages the lockfile names, once. Uses nothing but Node, because nothing else is there yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plain, report, step } from './console.mjs';
import { root } from './layout.mjs';

const PNPM = 'pnpm@10.34.9'; // 11 and later refuse Node 20
const stamp = path.join(root, 'node_modules', '.vastus-installed');

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Plain(`Vastus needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

export async function install() {
  requireNode();
  const wanted = fingerprint();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  await step('installing packages', async () => {
    const result = await capture('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']);
    if (result.status !== 0) {
      throw new Plain(`the packages could not be installed (npx ${PNPM} install --frozen-lockfile):\n${result.output.slice(-4000)}`);
    }
  });
  fs.writeFileSync(stamp, wanted);
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  const members = ['apps', 'packages'].flatMap((dir) => fs.readdirSync(path.join(root, dir)).map((name) => `${dir}/${name}/package.json`));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'package.json', ...members.sort()]) {
    if (fs.existsSync(path.join(root, file))) hash.update(file).update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

const captured = new Set();

/** Ends what `capture` is still waiting for. */
export function endCaptured() {
  for (const child of captured) child.kill();
}
process.once('exit', endCaptured);

/** Runs a program quietly; what it printed is there when it fails. */
export function capture(command, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    let output = '';
    // CI: pnpm asks before it replaces a node_modules folder, and nobody may be there to answer.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, CI: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    captured.add(child);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ status: -1, output: `${output}${error.message}` }));
    child.once('close', (status) => {
      captured.delete(child);
      resolve({ status, output });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  install().catch((error) => {
    report(error);
    process.exitCode = 1;
  });
