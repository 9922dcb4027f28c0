// The report that the long drill leaves in docs/.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { root } from '../layout.mjs';
import { FACT_KINDS } from './verdicts.mjs';

const NAMES = { postgres: 'PostgreSQL', redis: 'Redis' };
const number = (value) => value.toLocaleString('en');

/** What is told of a drill of one queue, as it crosses from one process to another. */
export function outcomeOf({ queue, seconds, ward, trouble, system, verdicts }) {
  const count = (state, kind) => ward.writes.filter((write) => write.state === state && (!kind || write.kind === kind)).length;
  return {
    queue,
    seconds,
    verdicts,
    acknowledged: count('acknowledged'),
    byKind: Object.fromEntries(FACT_KINDS.map((kind) => [kind, count('acknowledged', kind)])),
    givenUp: count('given up'),
    retries: ward.retries,
    lostAnswers: ward.lostAnswers,
    longestOutageMs: ward.longestOutageMs,
    starts: system.programs.map(({ starts }) => starts),
    failedStarts: system.programs.reduce((sum, { failedStarts }) => sum + failedStarts, 0),
    faults: trouble.total,
    faultsByKind: trouble.counts,
  };
}

export function reportOf(outcomes, { seed, faults, writes, every, writers, commit }) {
  const kinds = [...new Set(outcomes.flatMap(({ faultsByKind }) => Object.keys(faultsByKind)))].sort();
  const verdicts = outcomes[0].verdicts.map(({ what }) => what);
  const table = (head, rows) =>
    [
      `| ${head} | ${outcomes.map(({ queue }) => `queue on ${NAMES[queue]}`).join(' | ')} |`,
      `|---|${outcomes.map(() => '---:').join('|')}|`,
      ...rows.map(([name, cell]) => `| ${name} | ${outcomes.map(cell).join(' | ')} |`),
    ].join('\n');
  return `# Chaos drill

Written by \`npm run drill:chaos -- --faults ${faults} --writes ${writes} --every ${every} --seed ${seed} --report docs/chaos-drill.md\` on ${today()}, commit
\`${commit}\`, Node ${process.versions.node}, ${os.availableParallelism()} processors (load ${os.loadavg()[2].toFixed(1)} in the last quarter of an hour). ${writers} writers at
two APIs, one worker, one PostgreSQL that writes to disk before it answers, a Redis that keeps nothing; doors in between cut connections or fall
silent. The seed decides what is written and what is hit; the moment is the machine's.

## Verdicts

${table(
  'afterwards',
  verdicts.map((what, n) => [what, ({ verdicts: all }) => (all[n].faults.length === 0 ? 'yes' : `**no**: ${all[n].faults.join('; ')}`)]),
)}

Each check was tried on damage of its sort (a write taken away or doubled, an entry or an alert removed) and noticed it.

## Writes

${table('', [
  ...FACT_KINDS.map((kind) => [`acknowledged: ${kind}`, ({ byKind }) => number(byKind[kind])]),
  ['**acknowledged**', ({ acknowledged }) => number(acknowledged)],
  ['given up without an answer (there whole, or not at all)', ({ givenUp }) => number(givenUp)],
  ['repeated with the same key', ({ retries }) => number(retries)],
  ['answers lost on the way', ({ lostAnswers }) => number(lostAnswers)],
  ['longest time without any acknowledgement', ({ longestOutageMs }) => `${(longestOutageMs / 1000).toFixed(1)} s`],
  ['duration', ({ seconds }) => `${Math.round(seconds / 60)} min`],
  ['starts of api, api, worker', ({ starts }) => starts.join(', ')],
  ['starts that failed while PostgreSQL was away', ({ failedStarts }) => failedStarts],
])}

## Faults

${table('what was hit', [
  ...kinds.map((kind) => [kind, ({ faultsByKind }) => faultsByKind[kind] ?? '–']),
  ['**all**', ({ faults: all }) => all],
])}
`;
}

const today = () => new Date().toISOString().slice(0, 10);

export function commitNow() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
