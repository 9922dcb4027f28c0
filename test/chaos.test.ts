/** The chaos drill in short, on each queue that this machine has: `npm run drill:chaos` is the long one, docs/chaos-drill.md its report. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const DRILL = path.resolve(__dirname, '../infra/local/drill/chaos.mjs');
const PATIENCE_MS = 480_000;

test.each(['postgres', 'redis'])(
  'while everything breaks, nothing that was acknowledged is lost and nothing is there twice: the queue on %s',
  async (queue) => {
    const drill = spawn(process.execPath, [DRILL, '--queue', queue, '--faults', '7', '--writes', '150', '--every', '1.2'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [drill.stdout, drill.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const code = await new Promise<number | null>((resolve) => drill.once('close', resolve));
    // What is read when it fails: the seed, each fault with its time, and what was found wrong.
    if (code !== 0) throw new Error(output);
    const skipped = output.includes('SKIPPED');
    expect(output).toMatch(skipped ? /no redis-server/ : /nothing lost, nothing twice \(\w+: \d+ writes, \d+ faults\)/);
  },
  PATIENCE_MS,
);
