// What the images hold, made without a container engine: the steps of infra/docker/Dockerfile carried out on a folder. What the stage
// `build` would bring comes from this checkout, which `npm run build` has built; what the stage `dependencies` installs is installed anew.
import fs from 'node:fs';
import path from 'node:path';
import { Plain } from './console.mjs';
import { capture } from './install.mjs';
import { root } from './layout.mjs';

const DOCKERFILE = 'infra/docker/Dockerfile';
const WORKDIR = '/app';

/** The stages of the Dockerfile by name, each with where it begins and what it does: `[['COPY', '--from=build a b'], …]`. */
export function readStages() {
  const stages = new Map();
  let stage;
  const text = fs.readFileSync(path.join(root, DOCKERFILE), 'utf8').replaceAll('\\\n', ' ');
  for (const line of text.split('\n')) {
    const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [from, , name] = rest.split(' ');
      stage = { from, steps: [] };
      stages.set(name, stage);
    } else if (word) stage.steps.push([word, rest]);
  }
  return stages;
}

/** What a target starts. */
export const commandOf = (target) =>
  JSON.parse(
    readStages()
      .get(target)
      .steps.findLast(([word]) => word === 'CMD')[1],
  );

/** Lays the files of stage `name` into `folder`, which does not exist yet; `made` holds folders of stages that were laid before. */
export async function lay(name, folder, made = {}) {
  const { from, steps } = readStages().get(name);
  if (made[from]) copyTree(made[from], folder);
  else if (readStages().has(from)) await lay(from, folder, made);
  else fs.mkdirSync(folder, { recursive: true });
  for (const [word, rest] of steps) {
    if (word === 'COPY') await copy(rest.split(' '), folder, made);
    if (word === 'RUN' && rest.startsWith('pnpm ')) await install(rest, folder);
  }
}

async function copy(words, folder, made) {
  const stage = words[0].startsWith('--from=') ? words.shift().slice('--from='.length) : undefined;
  const into = words.pop();
  if (stage !== undefined && stage !== 'build') {
    if (words.join() !== WORKDIR || into !== './')
      throw new Plain(`the Dockerfile takes ${words} of ${stage}: only ${WORKDIR} as a whole is known`);
    if (!made[stage]) {
      made[stage] = `${folder}.${stage}`;
      await lay(stage, made[stage], made);
    }
    return copyTree(made[stage], folder);
  }
  for (const word of words) {
    const source = path.join(root, path.relative(WORKDIR, path.resolve(WORKDIR, word)));
    const target = into.endsWith('/') ? path.join(folder, into, path.basename(source)) : path.join(folder, into);
    fs.cpSync(source, target, { recursive: true, filter: (file) => !file.includes('node_modules') });
  }
}

// The packages' folder is the bulk of it and is never changed by what follows: a link to it will do.
function copyTree(source, target) {
  fs.cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter: (file) => file !== path.join(source, 'node_modules') });
  const packages = path.join(source, 'node_modules');
  if (fs.existsSync(packages)) fs.symlinkSync(fs.realpathSync(packages), path.join(target, 'node_modules'));
}

// The packages come from where those of this checkout came from, copied: what is done to them afterwards reaches nobody else.
async function install(words, cwd) {
  const pnpm = /pnpm@\S+/.exec(fs.readFileSync(path.join(root, DOCKERFILE), 'utf8'))[0];
  const { storeDir } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/.modules.yaml'), 'utf8'));
  const asked = words.replaceAll("'", '').split(' ').slice(1);
  const args = ['-y', pnpm, ...asked, '--prefer-offline', '--store-dir', storeDir, '--package-import-method', 'copy'];
  const { status, output } = await capture('npx', args, { cwd });
  if (status !== 0) throw new Plain(`npx ${args.join(' ')}:\n${output.slice(-4000)}`);
}
