// The pages about rules that are printed from the code: docs/rules.md from the register, docs/triage-grid.md from triage() itself.
// Pure: the clinical package comes as an argument, so that a test prints them from source and the command from the built package.

const SECTIONS = [
  ['A. Adverse event after an injection: assessment and triage', /^AE-/],
  ['The nerve-injury clock', /^NI-/],
  ['B. What an event does to further injections', /^HOLD-/],
  ['C. Sites and technique', /^(SITE|TECH)-/],
  ['D. Products, courses and doses', /^(DX|RX|REC)-/],
  ['E. Monitoring', /^(MON|PAIN)-/],
  ['F. Self-injection at home', /^SELF-/],
];
const GENERATED = '<!-- Printed by `node infra/local/print-rules.mjs`. Do not edit: change the code and print it again. -->';

/** docs/rules.md. `testedIn` maps a rule to the files of tests that name it, `scenarios` to its scenarios through HTTP: `[file, name]`. */
export function rulesPage(clinical, testedIn, scenarios) {
  const rules = Object.values(clinical.RULES);
  const parts = SECTIONS.map(([heading, ids]) => ({ heading, rules: rules.filter(({ id }) => ids.test(id)) }));
  const left = rules.filter(({ id }) => !parts.some((part) => part.rules.some((rule) => rule.id === id)));
  if (left.length > 0) throw new Error(`no section for ${left.map(({ id }) => id).join(', ')}`);
  return lines(
    '# The clinical rules',
    '',
    GENERATED,
    '',
    `${rules.length} rules. The software proposes and records; a clinician decides. Sources are cited by their section and the first words of the`,
    'passage; *pending review* is what the document says about itself. Parameters are those of a protocol version, with their default and the',
    'range that is allowed. *Waits* marks a rule that is evaluated by the clinical package and is not fed or shown by the product yet.',
    '*Tested* names files of `packages/clinical/src`, *through HTTP* scenarios of `packages/server/src`.',
    '',
    sourcesTable(clinical),
    ...parts.flatMap((part) => [`## ${part.heading}`, '', ...part.rules.map((rule) => ruleText(rule, clinical, testedIn, scenarios))]),
    '## Parameters',
    '',
    parametersTable(clinical),
    '## Where the sources disagree',
    '',
    ...Object.values(clinical.CONFLICTS).map(conflictText),
  );
}

function sourcesTable({ SOURCES }) {
  return table(
    ['', 'document', 'file', 'review'],
    Object.entries(SOURCES).map(([id, { title, file, reviewStatus }]) => [id, title, `\`${file}\``, reviewStatus]),
  );
}

function ruleText(rule, clinical, testedIn, scenarios) {
  const { id, title, summary, kinds, sources, parameters, conflict, enforcedIn, enforcedSince } = rule;
  const places = enforcedIn.map((place) => `${clinical.RULE_PLACES[place].title} (\`${clinical.RULE_PLACES[place].by}\`)`);
  return lines(
    `### ${id} – ${title}`,
    '',
    `${summary}`,
    '',
    `- Kind: ${kinds.join(', ')}${enforcedSince === 'later' ? ' · *waits*' : ''}`,
    ...sources.map((source) => `- Source: ${sourceText(source, clinical)}`),
    ...parameters.map((name) => `- Parameter: ${parameterText(name, clinical)}`),
    ...(conflict ? [`- The sources disagree: ${clinical.CONFLICTS[conflict].topic}. ${clinical.CONFLICTS[conflict].decision}`] : []),
    `- Enforced: ${places.join('; ')}`,
    `- Shown: ${[...new Set(enforcedIn.map((place) => clinical.RULE_PLACES[place].shown))].join('; ')}`,
    `- Tested: ${testedIn(id)
      .map((file) => `\`${file}\``)
      .join(', ')}`,
    ...(scenarios[id] ?? []).map(([file, name]) => `- Through HTTP: “${name.replaceAll('%s', '…')}” (\`${file}\`)`),
    '',
  );
}

function sourceText({ file, section, passage }, { SOURCES }) {
  if (file === 'safety-of-use') return `safety of use – ${passage}`;
  const pending = SOURCES[file].reviewStatus === 'not stated' ? '' : ` (*${SOURCES[file].reviewStatus.replace('human ', '')}*)`;
  return `${file}, ${section}: “${passage} …”${pending}`;
}

function parameterText(name, { PROTOCOL_PARAMETERS }) {
  const { unit, default: standard, min, max } = PROTOCOL_PARAMETERS[name];
  return `\`${name}\` = ${standard} ${unit} (${min} to ${max})`;
}

function parametersTable({ PROTOCOL_PARAMETERS }) {
  return table(
    ['parameter', 'default', 'unit', 'range', 'read by'],
    Object.entries(PROTOCOL_PARAMETERS).map(([name, { unit, default: standard, min, max, integer, rules }]) => [
      `\`${name}\``,
      standard,
      unit,
      `${min} to ${max}${integer ? ', whole' : ''}`,
      rules.join(', '),
    ]),
  );
}

function conflictText({ topic, positions, decision }) {
  return lines(`### ${topic}`, '', ...positions.map(({ file, position }) => `- ${file}: ${position}`), `- What we do: ${decision}`, '');
}

const ANY = 'any';
/** The questions of the form with every answer, in the order in which the tables ask them; `null` is a missing answer. */
export function questions(clinical) {
  return [
    { name: 'lossOfConsciousness', title: 'loss of consciousness', answers: [true, false, null] },
    { name: 'distribution', title: 'distribution', answers: [...clinical.DISTRIBUTIONS, null] },
    { name: 'motor', title: 'motor', answers: [...clinical.MOTORS, null] },
    { name: 'onset', title: 'onset', answers: [...clinical.ONSETS, null] },
    { name: 'radiatingPain', title: 'radiating pain', answers: [true, false, null] },
    { name: 'course', title: 'course so far', answers: [...clinical.EVENT_COURSES, null] },
    { name: 'siteFindings', title: 'site', answers: [...siteAnswers(clinical), null] },
  ];
}

/** Looked at and unremarkable, or any of the findings: which one makes no difference, and the test of the grid says so. */
const siteAnswers = ({ SITE_FINDINGS }) => [[], ...SITE_FINDINGS.map((finding) => [finding])];

/**
 * The rows that decide one property of the outcome. Every combination of answers is in exactly one row: rows come from a decision tree over
 * the questions, in which answers that lead to the same sub-tree share a branch.
 */
export function decisionRows(clinical, property) {
  const asked = questions(clinical);
  const subtree = (index, answers) => {
    if (index === asked.length) return [{ conditions: [], outcome: String(property(clinical.triage(answers, null))) }];
    const { name, answers: possible } = asked[index];
    const branches = [];
    for (const answer of possible) {
      const rows = subtree(index + 1, { ...answers, [name]: answer });
      const shape = JSON.stringify(rows);
      const same = branches.find((branch) => branch.shape === shape);
      if (same) same.answers.push(answer);
      else branches.push({ answers: [answer], rows, shape });
    }
    return branches.flatMap(({ answers: own, rows }) =>
      rows.map(({ conditions, outcome }) => ({
        conditions: [own.length === possible.length ? null : own, ...conditions],
        outcome,
      })),
    );
  };
  return subtree(0, {});
}

const PROPERTIES = [
  [
    'Level',
    'level',
    ({ level }) => level,
    'An IM hold (HOLD-IM) and a restricted limb (HOLD-LIMB, where the site is known) follow every level but *benign*.',
  ],
  ['Severity', 'severity', ({ severity }) => severity, 'AE-SEVERITY. Undetermined is not mild.'],
  ['Mechanism', 'mechanism', ({ mechanism }) => mechanism, 'AE-URGENT, AE-INFLAMMATORY.'],
  ['Imaging of the site', 'imaging suggested', ({ imagingSuggested }) => (imagingSuggested ? 'yes' : 'no'), 'AE-MASS.'],
  [
    'Urgent alert',
    'AE-URGENT',
    ({ ruleIds }) => (ruleIds.includes('AE-URGENT') ? 'yes' : 'no'),
    'It is raised beside an emergency as well.',
  ],
];
/** What docs/triage-grid.md decides, for the test that lays the tables over the whole grid. */
export const GRID_PROPERTIES = PROPERTIES.map(([heading, , property]) => ({ heading, property }));

/** docs/triage-grid.md. */
export function triagePage(clinical) {
  const asked = questions(clinical);
  const combinations = asked.reduce((count, { answers }) => count * answers.length, 1);
  return lines(
    '# Triage of a numbness after an injection',
    '',
    GENERATED,
    '',
    `Every one of the ${combinations} combinations of answers – a missing answer (*missing*) is one of them – stands in exactly one row of each table.`,
    'A missing answer is never read as "no" and never lowers a red flag: only complete and reassuring answers make an event benign.',
    '',
    ...PROPERTIES.flatMap(([heading, column, property, remark]) => {
      const rows = decisionRows(clinical, property);
      const used = asked.map((_, index) => rows.some(({ conditions }) => conditions[index] !== null));
      return [
        `## ${heading}`,
        '',
        remark,
        '',
        table(
          [...asked.filter((_, index) => used[index]).map(({ title }) => title), column],
          rows.map(({ conditions, outcome }) => [
            ...conditions.filter((_, index) => used[index]).map((answers) => answersText(answers, clinical)),
            `**${outcome}**`,
          ]),
        ),
      ];
    }),
  );
}

function answersText(answers, { SITE_FINDINGS }) {
  if (answers === null) return ANY;
  const named = answers.map((answer) => {
    if (answer === null) return '*missing*';
    if (Array.isArray(answer)) return answer[0] ?? 'unremarkable';
    return answer === true ? 'yes' : answer === false ? 'no' : answer;
  });
  const everyFinding = SITE_FINDINGS.every((finding) => named.includes(finding));
  const short = everyFinding ? ['any finding', ...named.filter((name) => !SITE_FINDINGS.includes(name))] : named;
  return short.join(' or ');
}

function table(head, rows) {
  const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return lines(row(head), row(head.map(() => '---')), ...rows.map(row), '');
}

const lines = (...all) => all.join('\n');
