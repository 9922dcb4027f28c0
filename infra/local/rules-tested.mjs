// Which tests of the clinical package name a rule.
import fs from 'node:fs';
import path from 'node:path';

/** `(ruleId) => file names`, sorted. A rule is named by its id as a whole word: RX-LOAD-NEURO is not RX-LOAD-NEURO-ALT. */
export function testsNaming(folder) {
  const tests = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), 'utf8') }));
  return (ruleId) => {
    const named = new RegExp(`(?<![A-Z0-9-])${ruleId}(?!-?[A-Z0-9])`);
    return tests.filter(({ text }) => named.test(text)).map(({ file }) => file);
  };
}
