import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');
const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = path.join(root, '.dependency-cruiser.cjs');

const MODULES = 'packages/server/src/modules';
const OFFENCES: Record<string, string> = {
  'packages/clinical/src/index.ts': "import type { Route } from '../../contract/src/index.js'; import 'node:fs';",
  'packages/contract/src/index.ts': "import { pool } from '../../db/src/index.js'; export type Route = 1;",
  'packages/db/src/index.ts': "export { server } from '../../server/src/index.js'; export const pool = 1;",
  'packages/jobs/src/chicken.ts': "import { egg } from './egg.js'; export const chicken = 1;",
  'packages/jobs/src/egg.ts': "import { chicken } from './chicken.js'; export const egg = 1;",
  'packages/server/src/index.ts': "import '../../../apps/api/src/main.js'; export const server = 1; import('./nowhere.js');",
  'packages/server/src/platform/clock.ts': `import type { Lots } from '../modules/lots/lots.service.js';`,
  [`${MODULES}/lots/lots.service.ts`]: "import { rows } from '../doses/doses.store.js'; export class Lots {}",
  [`${MODULES}/lots/lots.types.ts`]: 'export type Lot = 1;',
  [`${MODULES}/lots/lots.controller.ts`]: "import { pool } from '../../../../db/src/index.js';",
  [`${MODULES}/doses/doses.store.ts`]: "import type { Lot } from '../lots/lots.types.js'; export const rows = 1;",
  'apps/api/src/main.ts': 'export const main = 1;',
  'apps/admin/src/App.tsx': "import { main } from '../../api/src/main.js'; export const App = <main />;",
};

// A dependency rule that sees no imports reports no violations: it looks exactly like a rule that is kept.
test('every dependency rule fires on a tree that breaks it', () => {
  const tree = realpathSync(mkdtempSync(path.join(tmpdir(), 'vastus-rules-')));
  try {
    for (const [file, text] of Object.entries(OFFENCES)) {
      mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(tree, file), text);
    }
    const run = spawnSync(process.execPath, [cruiser, '--config', config, '--no-cache', '--output-type', 'json', 'packages', 'apps'], {
      cwd: tree,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const fired = JSON.parse(run.stdout).summary.violations.map((violation: { rule: { name: string } }) => violation.rule.name);
    const declared = execFileSync(process.execPath, [
      '-p',
      `JSON.stringify(require(${JSON.stringify(config)}).forbidden.map((rule) => rule.name))`,
    ]);
    expect([...new Set(fired)].sort()).toEqual(JSON.parse(String(declared)).sort());
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
});
