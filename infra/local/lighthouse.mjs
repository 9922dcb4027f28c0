// npm run lighthouse: what Lighthouse says of the pages people open daily, on a desk and on a tablet with a slow line, of a product of its
// own. The figures go to docs/performance.md; what is worse than the floors below ends the command with an error.
import fs from 'node:fs';
import path from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { findRecords } from '../../test/journeys/places.mjs';
import { step } from './console.mjs';
import { asking, signIn, withThrowaway } from './throwaway.mjs';

const PAGES = [
  { name: 'Sign-in', role: null, at: () => '/' },
  { name: 'Today (nurse)', role: 'nurse', at: () => '/' },
  { name: 'Log injection', role: 'nurse', at: ({ well, course }) => `/log-injection?patient=${well}&course=${course}` },
  { name: 'Home (physician)', role: 'physician', at: () => '/' },
  { name: 'Alert queue', role: 'physician', at: () => '/alerts' },
  { name: 'Patient chart', role: 'physician', at: ({ measured }) => `/patients/${measured}/show` },
  { name: 'Home (administrator)', role: 'administrator', at: () => '/' },
  { name: 'Reaction rates', role: 'administrator', at: () => '/adverse-events?view=rates' },
  { name: 'Audit trail', role: 'administrator', at: () => '/audit' },
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
/** The stream of changes never ends, so that Lighthouse would wait for as long as it may. */
const PATIENCE = { maxWaitForLoad: 15_000 };
/** The tablet has Lighthouse's usual handicap: a line of 1.6 Mbit/s with 150 ms, and a processor four times slower. */
const SIZES = {
  desk: { ...desktopConfig, settings: { ...desktopConfig.settings, ...PATIENCE, onlyCategories: CATEGORIES } },
  tablet: {
    extends: 'lighthouse:default',
    settings: {
      formFactor: 'mobile',
      screenEmulation: { mobile: true, width: 820, height: 1180, deviceScaleFactor: 2, disabled: false },
      ...PATIENCE,
      onlyCategories: CATEGORIES,
    },
  },
};
/** Whether somebody is signed in is asked before the sign-in page is shown; the browser writes down that the answer was no. */
const EXPECTED = new Map([['Sign-in', ['errors-in-console']]]);
/** Worse than this is a defect: scores of 100, layout shift without a unit (0.1 counts as good). */
const FLOORS = { accessibility: 100, 'best-practices': 100, shift: 0.05 };
const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/performance.md');
const BEGIN = '<!-- figures: npm run lighthouse -->';
const END = '<!-- end of figures -->';

async function main(url, browser, port) {
  const contexts = {};
  for (const role of ['nurse', 'physician', 'administrator']) {
    contexts[role] = await browser.newContext();
    await signIn(contexts[role], url, role);
  }
  const found = await findRecords(asking(contexts.physician, url));
  const rows = [];
  for (const [size, config] of Object.entries(SIZES))
    for (const { name, role, at } of PAGES)
      rows.push(
        await step(`${name}, ${size}`, async () => ({ name, size, ...(await measure(url + at(found), port, config, contexts[role])) })),
      );
  write(rows);
  const bad = rows.flatMap(({ name, size, scores, shift, wrong }) => [
    ...CATEGORIES.filter(
      (category) => scores[category] < (FLOORS[category] ?? 0) && wrong.some((id) => !EXPECTED.get(name)?.includes(id)),
    ).map((category) => `${name}, ${size}: ${category} ${scores[category]} (${wrong.join(', ')})`),
    ...(shift > FLOORS.shift ? [`${name}, ${size}: layout shift ${shift}`] : []),
  ]);
  if (bad.length > 0) throw new Error(`below the floor:\n${bad.join('\n')}`);
}

/** Lighthouse opens a page of its own; who looks at it is told by the cookie. */
async function measure(address, port, config, context) {
  const cookies = context ? await context.cookies() : [];
  const extraHeaders = context && { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
  const { lhr } = await lighthouse(address, { port, logLevel: 'error', ...(extraHeaders && { extraHeaders }) }, config);
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const { audits, categories } = lhr;
  const scripts = audits['network-requests'].details.items.filter(({ resourceType }) => resourceType === 'Script');
  const counted = ['accessibility', 'best-practices'].flatMap((category) =>
    categories[category].auditRefs.filter(({ weight }) => weight > 0),
  );
  return {
    scores: Object.fromEntries(CATEGORIES.map((category) => [category, Math.round(categories[category].score * 100)])),
    paint: audits['first-contentful-paint'].numericValue,
    largest: audits['largest-contentful-paint'].numericValue,
    blocked: audits['total-blocking-time'].numericValue,
    shift: Math.round(audits['cumulative-layout-shift'].numericValue * 1000) / 1000,
    script: scripts.reduce((bytes, { transferSize }) => bytes + transferSize, 0) / 1024,
    wrong: counted.filter(({ id }) => audits[id].score !== null && audits[id].score < 1).map(({ id }) => id),
  };
}

/** Only the table between the marks is written: what stands around it is for people to keep. */
function write(rows) {
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const lines = rows.map(({ name, size, scores, paint, largest, blocked, shift, script }) =>
    [
      name,
      size,
      ...CATEGORIES.map((category) => scores[category]),
      seconds(paint),
      seconds(largest),
      `${Math.round(blocked)} ms`,
      shift,
      `${Math.round(script)} KiB`,
    ].join(' | '),
  );
  const head = 'page | size | performance | accessibility | best practices | first paint | largest paint | blocked | layout shift | script';
  const table = ['', `| ${head} |`, `|${'---|'.repeat(10)}`, ...lines.map((line) => `| ${line} |`), ''].join('\n');
  const text = fs.readFileSync(DOCUMENT, 'utf8');
  fs.writeFileSync(DOCUMENT, text.slice(0, text.indexOf(BEGIN) + BEGIN.length) + table + text.slice(text.indexOf(END)));
}

await withThrowaway('Lighthouse', main);
