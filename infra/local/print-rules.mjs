// node infra/local/print-rules.mjs: prints docs/rules.md and docs/triage-grid.md from the built clinical package. With --check it writes
// nothing and fails when a page differs.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { Plain, report } from './console.mjs';
import { install } from './install.mjs';
import { root } from './layout.mjs';
import { rulesPage, triagePage } from './rules-pages.mjs';
import { testsNaming } from './rules-tested.mjs';

try {
  await install();
  await build();
  const clinical = await import(pathToFileURL(path.join(root, 'packages/clinical/dist/index.js')));
  const scenarios = JSON.parse(fs.readFileSync(path.join(root, 'packages/server/src/rules/scenarios.json'), 'utf8'));
  const pages = {
    'docs/rules.md': rulesPage(clinical, testsNaming(path.join(root, 'packages/clinical/src')), scenarios),
    'docs/triage-grid.md': triagePage(clinical),
  };
  for (const [name, text] of Object.entries(pages)) {
    const file = path.join(root, name);
    const isCurrent = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text;
    if (isCurrent) continue;
    if (process.argv.includes('--check')) throw new Plain(`${name} differs from the code: node infra/local/print-rules.mjs`);
    fs.writeFileSync(file, text);
    console.log(`printed ${name}`);
  }
} catch (error) {
  report(error);
  process.exitCode = 1;
}
