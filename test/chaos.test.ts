/** The chaos drill in short, on each queue that this machine has: `npm run drill:chaos` is the long one, docs/chaos-drill.md its report. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const DRILL = path.resolve(__dirname, '../infra/local/drill/chaos.mjs');
const PATIENCE_MS = 480_000;

test(
  'while everything breaks, nothing that was acknowledged is lost and nothing is there twice, wherever the queue lives',
  async () => {
    const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-report-')), 'report.md');
    const drill = spawn(process.execPath, [DRILL, '--faults', '7', '--writes', '150', '--every', '1.2', '--report', report], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [drill.stdout, drill.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const code = await new Promise<number | null>((resolve) => drill.once('close', resolve));
    // What is read when it fails: the seed, each fault with its time, and what was found wrong.
    if (code !== 0) throw new Error(output);
    const counts = (queue: string) => `${queue}: \\d+ writes, \\d+ faults`;
    const queues = output.includes('SKIPPED') ? ['postgres'] : ['postgres', 'redis'];
    expect(output).toMatch(new RegExp(`nothing lost, nothing twice \\(${queues.map(counts).join('; ')}\\)`));
    expect(fs.readFileSync(report, 'utf8')).not.toMatch(/\*\*no\*\*/);
    fs.rmSync(path.dirname(report), { recursive: true });
  },
  PATIENCE_MS,
);
