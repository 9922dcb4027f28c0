// npm run import -- FILE… [--clinic NAME|ID] [--yes | --preview]: says what each FHIR R4 bundle would do and carries it out – through
// the same code as the dashboard, in this process, so that no worker needs to run. A terminal is asked first, unless --yes.
import 'reflect-metadata';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ImportRun, previewImport } from '@vastus/contract';
import { Database } from '@vastus/db';
import { ImportsModule } from '../modules/imports/imports.module.js';
import { ImportsService } from '../modules/imports/imports.service.js';
import { reportText } from '../modules/imports/report-text.js';
import { Complaint, parseArguments } from '../platform/command-line.js';
import { readConfig } from '../platform/config.js';
import { createLogger, NestLog } from '../platform/log.js';
import { Metrics } from '../platform/metrics.js';
import { PlatformModule } from '../platform/platform.module.js';
import { Queues } from '../platform/queue/queues.js';
import { type Actor, systemIn } from '../platform/routing/caller.js';
import { pointerOf, textIssues } from '../platform/routing/text-check.js';

const USAGE = 'npm run import -- FILE… [--clinic NAME|ID] [--yes | --preview]';

/** The work is done here and now; what dies halfway is found by the worker's sweep. */
class NoQueues extends Queues {
  override async enqueue(): Promise<boolean> {
    return true;
  }
  override async isReachable(): Promise<boolean> {
    return true;
  }
  override async depth(): Promise<null> {
    return null;
  }
  override async close(): Promise<void> {}
}

@Module({})
class ImportTool {}

async function main(): Promise<void> {
  const { options, flags, rest } = parseArguments(process.argv.slice(2), { options: ['clinic'], flags: ['yes', 'preview'] }, USAGE);
  if (rest.length === 0) throw new Complaint(`usage: ${USAGE}`);
  const config = readConfig({ LOG_LEVEL: 'error', ...process.env });
  const logger = createLogger(config, 'worker', process.stderr);
  const platform = PlatformModule.with({ config, logger, metrics: new Metrics(false), queues: new NoQueues() });
  const app = await NestFactory.createApplicationContext(
    { module: ImportTool, imports: [platform, ImportsModule] },
    { logger: new NestLog(logger), abortOnError: false },
  );
  try {
    const actor = systemIn(await clinicCalled(app.get(Database), options['clinic']));
    const imports = app.get(ImportsService, { strict: false });
    for (const file of rest) await importFile(imports, actor, file, flags).catch((error: unknown) => complain(error, file));
  } finally {
    await app.close();
  }
}

async function clinicCalled(database: Database, wanted: string | undefined): Promise<string> {
  const found = await database.anywhere((q) =>
    q.many<{ id: string; name: string }>('SELECT id, name FROM clinics_called($1)', [wanted ?? null]),
  );
  const [only] = found;
  if (only && found.length === 1) return only.id;
  if (found.length === 0) throw new Complaint(wanted ? `there is no clinic "${wanted}"` : 'there is no clinic yet');
  throw new Complaint(`say with --clinic which one:\n${found.map(({ id, name }) => `  ${name}  (${id})`).join('\n')}`);
}

async function importFile(imports: ImportsService, actor: Actor, file: string, flags: ReadonlySet<string>): Promise<void> {
  const run = await imports.previewAsSystem(actor, { fileName: basename(file).slice(-255), bundle: await readBundleFile(file) });
  console.log(`\n${file}: ${run.entriesTotal} entries`);
  if (run.preview) console.log(reportText(run.preview));
  if (flags.has('preview') || !(await mayGoOn(flags))) {
    console.log('  nothing was changed');
    return;
  }
  const done = await carryOut(imports, actor, run);
  if (done.state !== 'done') throw new Complaint(done.failure ?? `the import is ${done.state}`);
  console.log(`  done: ${done.entriesDone} of ${done.entriesTotal} entries`);
  if (done.report && !sameOutcome(run, done)) console.log(reportText(done.report));
}

async function readBundleFile(file: string) {
  const { size } = await stat(file).catch(() => {
    throw new Complaint('cannot be read: there is no such file, or it may not be opened');
  });
  if (size > (previewImport.bodyLimit ?? 0))
    throw new Complaint(`is larger than ${(previewImport.bodyLimit ?? 0) / 1024 / 1024} MiB: split the bundle`);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Complaint('cannot be read');
  });
  const body = { fileName: 'file', bundle: parsed(text) };
  const [broken] = textIssues(body, pointerOf);
  if (broken) throw new Complaint(`is not usable: ${broken.pointer.replace(/^\/bundle/, '') || '/'} ${broken.message}`);
  const checked = previewImport.body.safeParse(body);
  if (checked.success) return checked.data.bundle;
  const [first] = checked.error.issues;
  throw new Complaint(`is not a FHIR bundle: ${pointerOf((first?.path ?? []).slice(1)) || '/'} ${first?.message}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Complaint('is not JSON');
  }
}

async function mayGoOn(flags: ReadonlySet<string>): Promise<boolean> {
  if (flags.has('yes') || !process.stdin.isTTY) return true;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question('  carry it out? [y/N] ');
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function carryOut(imports: ImportsService, actor: Actor, run: ImportRun): Promise<ImportRun> {
  await imports.queueAsSystem(actor, run.id);
  try {
    await imports.carryOut(actor.clinicId, run.id);
  } catch (error) {
    await imports.fail(actor.clinicId, run.id);
    throw error;
  }
  return imports.read(actor, run.id);
}

const sameOutcome = ({ preview }: ImportRun, { report }: ImportRun) =>
  JSON.stringify(preview?.byResource) === JSON.stringify(report?.byResource);

function complain(error: unknown, file?: string): void {
  process.exitCode = 1;
  const said = error instanceof Complaint ? error.message : error instanceof Error ? `failed (${error.name}: ${error.message})` : 'failed';
  console.error(file ? `${file} ${said}` : said);
}

main().catch((error: unknown) => complain(error));
