/**
 * The contract as the browser needs it: of every route the address and how it is sent, of everything else the plain values.
 * What is checked with zod is checked on the server; its schemas, and zod, would be a quarter of what the sign-in page loads.
 * Types come from the real contract. test/tidy.test.ts keeps the dashboard from reading a schema at run time.
 */
import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';

const folder = fileURLToPath(new URL('../../../packages/contract/src', import.meta.url));
const entry = `${folder}/index.ts`;
/** Functions come from the files that hold nothing but them. */
const KEPT: Readonly<Record<string, string>> = {
  actsFor: 'permissions',
  allows: 'permissions',
  guessedFirst: 'passwords',
  judgedPart: 'passwords',
  ownLetters: 'passwords',
  PASSWORD_STRENGTH: 'passwords',
  permissionsOf: 'permissions',
  PERMISSIONS: 'permissions',
  pathOf: 'route',
};

export function contractWithoutSchemas(alias: Record<string, string>): Plugin {
  return {
    name: 'vastus:contract-without-schemas',
    enforce: 'pre',
    async load(id) {
      if (id !== entry) return null;
      const { module, dependencies } = await runnerImport<Record<string, unknown>>(entry, {
        configFile: false,
        logLevel: 'error',
        resolve: { alias },
      });
      for (const file of dependencies) this.addWatchFile(file);
      const kept = Object.entries(KEPT).map(([name, file]) => `export { ${name} } from '${folder}/${file}.ts';`);
      const values = Object.entries(module)
        .filter(([name, value]) => !(name in KEPT) && isPlain(value))
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(name === 'ROUTES' ? addresses(value as object) : value)};`);
      return { code: [...kept, ...values].join('\n'), moduleSideEffects: false };
    },
  };
}

/** How a route is called: the parts of its declaration that are text, numbers or switches. */
function addresses(routes: object) {
  return Object.fromEntries(
    Object.entries(routes).map(([name, declared]) => [
      name,
      Object.fromEntries(
        Object.entries(declared as object).filter(([part, value]) => part !== 'summary' && part !== 'access' && typeof value !== 'object'),
      ),
    ]),
  );
}

/** A list or table of words; a schema or a single route's declaration is neither. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'function' || typeof value !== 'object' || value === null) return typeof value !== 'function';
  if ('_zod' in value || 'response' in value) return false;
  return true;
}
