// Builds what changed since the last build: each part has a fingerprint of what it is made from.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plain, report, step } from './console.mjs';
import { capture, install } from './install.mjs';
import { root, stamps } from './layout.mjs';
import { SBOM, writeSbom } from './sbom.mjs';

const require = createRequire(import.meta.url);
const PACKAGES = ['packages/clinical', 'packages/contract', 'packages/jobs', 'packages/db', 'packages/server', 'apps/api', 'apps/worker'];
const TOOLS = ['pnpm-lock.yaml', '.swcrc'];
/** Tests, and what only tests use: run from source, never built. */
const isTest = (name) => /\.(test|fixture)\.tsx?$|^testing(-\w+)?(\.ts)?$/.test(name);

/** The types and code that Prisma makes from the schema: all that type checks and tests from source need. */
export const buildClient = () =>
  part({ name: 'database client', from: ['prisma/schema', '.config'], makes: 'packages/db/src/generated/prisma', work: generateClient });

export async function build() {
  await buildClient();
  const compiled = PACKAGES.map((dir) => ({
    name: dir,
    from: [`${dir}/src`],
    makes: `${dir}/dist`,
    work: () => compile(dir),
  }));
  const dashboard = {
    name: 'dashboard',
    from: ['apps/admin', 'packages/clinical/src', 'packages/contract/src'],
    makes: 'apps/admin/dist',
    needs: 'apps/admin/index.html',
    work: bundleDashboard,
  };
  // What all of it is made of; the document goes wherever the rest goes.
  const bill = {
    name: 'bill of materials',
    from: ['package.json', 'infra/local/sbom.mjs', ...[...PACKAGES, 'apps/admin'].map((dir) => `${dir}/package.json`)],
    makes: SBOM,
    work: async () => writeSbom(),
  };
  const done = await Promise.allSettled([dashboard, bill, ...compiled].map(part));
  const failed = done
    .filter(({ status }) => status === 'rejected')
    .map(({ reason }) => (reason instanceof Plain ? reason.message : reason.stack));
  if (failed.length > 0) throw new Plain(`the build failed:\n${failed.join('\n')}`);
}

async function part({ name, from, makes, needs = from[0], work }) {
  if (!fs.existsSync(path.join(root, needs))) return;
  const wanted = fingerprint([...TOOLS, ...from]);
  const stamp = path.join(stamps, name.replaceAll(/\W/g, '-'));
  const isCurrent = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted && fs.existsSync(path.join(root, makes));
  if (isCurrent) return;
  await step(`building ${name}`, work);
  fs.mkdirSync(stamps, { recursive: true });
  fs.writeFileSync(stamp, wanted);
}

function fingerprint(sources) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of sources)
    for (const file of filesBelow(source)) hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function filesBelow(source) {
  const full = path.join(root, source);
  if (!fs.existsSync(full)) return [];
  if (!fs.statSync(full).isDirectory()) return [source];
  return fs
    .readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist'].includes(name) && !isTest(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesBelow(`${source}/${name}`));
}

// Generating needs no schema engine, but Prisma wants to download it all the same unless it is given one.
async function generateClient() {
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build/index.js');
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const result = await capture(process.execPath, [cli, 'generate'], { env });
  if (result.status !== 0) throw new Plain(`prisma generate:\n${result.output}`);
}

async function compile(dir) {
  const { transformFile } = require('@swc/core');
  const from = `${dir}/src`;
  const draft = path.join(root, `${dir}/dist.${process.pid}`);
  fs.mkdirSync(draft, { recursive: true });
  const compileOne = async (file) => {
    const target = path.join(draft, path.relative(from, file));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (!file.endsWith('.ts')) return fs.copyFileSync(path.join(root, file), target);
    if (file.endsWith('.d.ts')) return;
    const output = target.replace(/\.ts$/, '.js');
    const { code, map } = await transformFile(path.join(root, file), {
      configFile: path.join(root, '.swcrc'),
      cwd: root,
      swcrc: false,
    });
    fs.writeFileSync(output, map ? `${code}//# sourceMappingURL=${path.basename(output)}.map\n` : code);
    if (map) fs.writeFileSync(`${output}.map`, map);
  };
  try {
    const results = await Promise.allSettled(filesBelow(from).map(compileOne));
    const failed = results.filter(({ status }) => status === 'rejected');
    if (failed.length > 0) throw new Plain(failed.map(({ reason }) => reason.message).join('\n'));
    fs.rmSync(path.join(root, `${dir}/dist`), { recursive: true, force: true });
    fs.renameSync(draft, path.join(root, `${dir}/dist`));
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function bundleDashboard() {
  const admin = path.join(root, 'apps/admin');
  const vite = path.join(path.dirname(createRequire(path.join(admin, 'package.json')).resolve('vite/package.json')), 'bin/vite.js');
  const result = await capture(process.execPath, [vite, 'build'], {
    cwd: admin,
    env: { NODE_ENV: 'production' },
  });
  if (result.status !== 0) throw new Plain(`vite build:\n${result.output}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await install();
    await build();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
