// npm run sbom: everything that the product is delivered with, as a CycloneDX 1.6 document. Which packages those are is the lockfile's to
// say, what their licences are the packages' own; nothing is asked of a registry.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { report, say } from './console.mjs';
import { install } from './install.mjs';
import { root } from './layout.mjs';

const require = createRequire(import.meta.url);
const MEMBERS = ['apps', 'packages'];
export const SBOM = 'dist/vastus.cdx.json';
/** Where a package does not say its licence as an SPDX expression: what its licence file says. */
const LICENCES_READ = {
  'dejavu-fonts-ttf@2.37.3': 'Bitstream-Vera',
  'css-mediaquery@0.1.2': 'BSD-3-Clause',
  'png-js@2.0.0': 'MIT',
};
const RUN_TIME = ['dependencies', 'optionalDependencies'];

/**
 * @typedef {{ name: string, version: string, licence: string, integrity: string | undefined, needs: string[] }} Delivered
 *   `licence` is an SPDX expression, or what the package says instead; `needs` are `name@version` of what it uses
 */

/** Everything the product is delivered with, by `name@version`, and what each member of the workspace uses of it. */
export function delivered() {
  const lock = require('yaml').parse(fs.readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8'));
  /** @type {Map<string, Delivered>} */
  const packages = new Map();
  /** @type {{ name: string, version: string, needs: string[] }[]} */
  const members = [];
  const used = (/** @type {any} */ from) =>
    RUN_TIME.flatMap((kind) => Object.entries(from[kind] ?? {})).map(([name, found]) => {
      const version = typeof found === 'string' ? found : found.version;
      return version.startsWith('link:') ? undefined : snapshotOf(name, version, lock);
    });
  const visit = (/** @type {string} */ snapshot) => {
    const id = snapshot.replace(/\(.*$/, '');
    const known = packages.get(id);
    const at = id.lastIndexOf('@');
    const [name, version] = [id.slice(0, at), id.slice(at + 1)];
    const manifest = known ? undefined : manifestOf(snapshot, name);
    // For another system: not installed here, and not delivered from here.
    if (!known && !manifest) return undefined;
    const entry = known ?? {
      name,
      version,
      licence: licenceOf(id, manifest),
      integrity: lock.packages[id]?.resolution?.integrity,
      needs: [],
    };
    packages.set(id, entry);
    if (seen.has(snapshot)) return id;
    seen.add(snapshot);
    for (const next of used(lock.snapshots[snapshot] ?? {})) {
      const needed = next && visit(next);
      if (needed && !entry.needs.includes(needed)) entry.needs.push(needed);
    }
    return id;
  };
  const seen = new Set();
  for (const [folder, importer] of Object.entries(lock.importers)) {
    if (!MEMBERS.includes(folder.split('/')[0] ?? '')) continue;
    const { name, version } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    members.push({
      name,
      version,
      needs: [
        ...new Set(
          used(importer)
            .map((next) => next && visit(next))
            .filter(Boolean),
        ),
      ],
    });
  }
  return { members, packages: [...packages.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

const key = ({ name, version }) => `${name}@${version}`;

/** How the lockfile calls a version of a package; an alias names its package itself. */
const snapshotOf = (name, version, lock) => (`${name}@${version}` in lock.snapshots ? `${name}@${version}` : version);

function manifestOf(snapshot, name) {
  const folder = snapshot.replaceAll('/', '+').replaceAll(/[()]/g, '_').replaceAll('__', '_').replace(/_$/, '');
  const store = path.join(root, 'node_modules/.pnpm');
  // Names that would be too long are cut and end in a hash.
  const found = fs.existsSync(path.join(store, folder)) ? folder : folderLike(store, snapshot.replace(/\(.*$/, '').replaceAll('/', '+'));
  const file = found && path.join(store, found, 'node_modules', name, 'package.json');
  return file && fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

let folders;
function folderLike(store, id) {
  folders ??= fs.readdirSync(store);
  return folders.find((name) => name === id || name.startsWith(`${id}_`));
}

function licenceOf(id, manifest) {
  const { license, licenses } = manifest;
  const said = typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' OR '));
  return LICENCES_READ[id] ?? said?.replaceAll(' and ', ' AND ') ?? 'NOASSERTION';
}

/** The document, as text; the same for the same lockfile. */
export function billOfMaterials() {
  const { Enums, Models, Serialize, Spec, Contrib } = require('@cyclonedx/cyclonedx-library');
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const licences = new Contrib.License.Factories.LicenseFactory(require('spdx-expression-parse'));
  const component = ({ name, version: its, licence, integrity, type = Enums.ComponentType.Library }) => {
    const [last, group] = name.split('/').reverse();
    const purl = `pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${last}@${its}`;
    return new Models.Component(type, last, {
      group,
      version: its,
      bomRef: `${name}@${its}`,
      purl: type === Enums.ComponentType.Library ? purl : undefined,
      licenses: new Models.LicenseRepository([licences.makeFromString(licence)]),
      hashes: integrity ? new Models.HashDictionary([hashOf(integrity, Enums)]) : undefined,
    });
  };
  const product = component({ name: 'vastus', version, licence: 'Apache-2.0', type: Enums.ComponentType.Application });
  const { members, packages } = delivered();
  const components = new Map(packages.map((found) => [key(found), component(found)]));
  for (const found of packages)
    for (const needed of found.needs) components.get(key(found)).dependencies.add(components.get(needed).bomRef);
  for (const { needs } of members) for (const needed of needs) product.dependencies.add(components.get(needed).bomRef);
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: product }),
    components: new Models.ComponentRepository(components.values()),
  });
  const serialize = () =>
    new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 1 });
  bom.serialNumber = `urn:uuid:${uuidOf(serialize())}`;
  return `${serialize()}\n`;
}

function hashOf(integrity, Enums) {
  const [algorithm, digest] = integrity.split('-');
  const name = { sha512: Enums.HashAlgorithm['SHA-512'], sha1: Enums.HashAlgorithm['SHA-1'] }[algorithm];
  return [name, Buffer.from(digest, 'base64').toString('hex')];
}

/** Of the content, so that a build that is repeated makes the same document. */
function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function writeSbom() {
  fs.mkdirSync(path.join(root, path.dirname(SBOM)), { recursive: true });
  fs.writeFileSync(path.join(root, SBOM), billOfMaterials());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await install();
    writeSbom();
    say(`${SBOM}: ${delivered().packages.length} packages, CycloneDX 1.6`);
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
