/** What the type checker cannot see of a translation: placeholders, plurals, words left in English. */
import fs from 'node:fs';
import path from 'node:path';
import { PROTOCOL_CHOICES, PROTOCOL_PARAMETERS } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { z } from 'zod';
import type { Catalogue } from './en/index.js';
import { LANGUAGE_CODES, LANGUAGES, type LanguageCode } from './languages.js';

/** What the program fills in by itself. */
const NEVER_TYPED = ['basedOn', 'baselineRecorded', 'clinicId', 'fresh', 'selfReported', 'bundle', 'entry', 'resourceType', 'type'];
const TEST_CLOCK = ['days', 'hours', 'minutes', 'now'];

/** Every text by its key, `app.menu.home` and so on. */
function texts(tree: unknown, path = ''): Record<string, string> {
  if (typeof tree === 'string') return { [path]: tree };
  return Object.assign({}, ...Object.entries(tree as object).map(([key, inner]) => texts(inner, path ? `${path}.${key}` : key)));
}

const placeholders = (text: string) => [...new Set(text.match(/%\{\w+\}/g))].sort();
/** More than places to fill in, numbers and units of a letter. */
const saysSomething = (text: string) => /\p{L}{2,}/u.test(text.replace(/%\{\w+\}/g, ''));
const forms = (text: string) => text.split('||||').length;

const all = {} as Record<LanguageCode, Record<string, string>>;
beforeAll(async () => {
  for (const code of LANGUAGE_CODES) all[code] = texts((await LANGUAGES[code].load()) satisfies Catalogue);
});

describe.each(LANGUAGE_CODES.filter((code) => code !== 'en'))('the catalogue "%s" beside the English one', (code) => {
  const differing = (differ: (english: string, translated: string) => boolean) =>
    Object.entries(all.en)
      .filter(([key, english]) => differ(english, all[code][key] ?? ''))
      .map(([key, english]) => `${key}: ${english} ≠ ${all[code][key]}`);

  it('has the same keys', () => {
    expect(Object.keys(all[code]).sort()).toEqual(Object.keys(all.en).sort());
  });

  it('leaves no text empty', () => {
    expect(differing((english, translated) => english.trim() !== '' && translated.trim() === '')).toEqual([]);
  });

  it('fills in what the English text fills in', () => {
    expect(differing((english, translated) => String(placeholders(english)) !== String(placeholders(translated)))).toEqual([]);
  });

  it('has a form for one and one for many wherever the English text has', () => {
    expect(differing((english, translated) => forms(english) > 1 !== forms(translated) > 1)).toEqual([]);
  });

  it('leaves nothing in English but the words both languages share, and lists no others', async () => {
    const { same } = (await import(`./${code}/same.js`)) as { same: readonly string[] };
    const shared = Object.keys(all.en).filter((key) => all.en[key] === all[code][key] && saysSomething(all.en[key]!));
    expect(shared.filter((key) => !same.includes(all.en[key]!)).map((key) => `${key}: ${all.en[key]}`)).toEqual([]);
    expect(same.filter((text) => !Object.keys(all.en).some((key) => all.en[key] === text && all[code][key] === text))).toEqual([]);
  });
});

it('the German catalogue says Sie and quotes as German does', () => {
  const odd = /\b(du|dein\w*|dich|dir)\b|["”]/i;
  expect(Object.entries(all.de).filter(([, text]) => odd.test(text))).toEqual([]);
});

it('every field of a request has a word for the person whose input is refused', () => {
  const named = new Set<string>();
  const walk = (schema: JsonSchema): void => {
    for (const inner of Object.values(schema.$defs ?? {})) walk(inner);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      named.add(name);
      walk(inner);
    }
    for (const inner of [
      ...(schema.anyOf ?? []),
      ...(schema.oneOf ?? []),
      ...(schema.allOf ?? []),
      ...(schema.items ? [schema.items] : []),
    ])
      walk(inner);
  };
  for (const { body } of Object.values(ROUTES) as { body?: z.ZodType }[])
    if (body) walk(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
  for (const name of [...NEVER_TYPED, ...TEST_CLOCK, ...Object.keys(PROTOCOL_PARAMETERS), ...Object.keys(PROTOCOL_CHOICES)])
    named.delete(name);
  expect([...named].filter((name) => !all.en[`issues.field.${name}`] && !all.en[`clinical.care.${name}`]).sort()).toEqual([]);
});

interface JsonSchema {
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

it('every reason why an import leaves something out has its words', () => {
  const folder = path.join(__dirname, '../../../../packages/server/src/modules/imports');
  const sources = ['decide.ts', ...fs.readdirSync(path.join(folder, 'fhir')).map((file) => `fhir/${file}`)].filter(
    (file) => !/test|fixture/.test(file),
  );
  const sentences = sources.flatMap((file) =>
    [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/(?:reason: |leave\(|because: |leave\(entry, )'([^']+)'/g)].map(
      ([, sentence]) => sentence!,
    ),
  );
  const key = (sentence: string) => `importReasons.${sentence.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  expect(sentences.length).toBeGreaterThan(30);
  expect(sentences.filter((sentence) => all.en[key(sentence)] !== sentence)).toEqual([]);
});
