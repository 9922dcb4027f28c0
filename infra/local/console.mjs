// What a person sees: one line for each step, with its time, on a terminal or in a log of a build server.
// Whoever was reading may have gone; that is no reason to leave a database running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const color = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (color ? `\x1b[${code}m${text}\x1b[0m` : text);
export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export const say = (text) => console.log(`  ${dim(text)}`);
export const warn = (text) => console.error(`  ${yellow('!')} ${text}`);
export const fail = (text) => console.error(`  ${red('✗')} ${text}`);
export const heading = (text) => console.log(`\n${bold(text)}`);

/** Does one piece of work and tells how long it took. */
export async function step(title, work) {
  const since = performance.now();
  console.log(`  … ${title}`);
  try {
    const result = await work();
    console.log(`  ${green('✓')} ${title} ${dim(seconds(since))}`);
    return result;
  } catch (error) {
    fail(`${title} ${dim(seconds(since))}`);
    throw error;
  }
}

/** A frame around lines that must not be overlooked. */
export function box(lines) {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 2);
  return ['', `╭${edge}╮`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `╰${edge}╯`, ''].join('\n');
}

/** An error whose message is all a person needs; no stack is shown. */
export class Plain extends Error {}

export function report(error) {
  console.error(`\n${red('Vastus stopped:')} ${error instanceof Plain ? error.message : (error?.stack ?? error)}\n`);
}
