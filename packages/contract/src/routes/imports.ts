import { z } from 'zod';
import { route } from '../route.js';
import { Id, InstantOut, page, pageQuery, text } from '../values.js';

const Counts = z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), skipped: z.int() });
/** What an import does, or did: counts by resource type, and every entry it does not take with the reason. */
export const ImportReport = z
  .object({
    byResource: z.record(z.string(), Counts),
    patients: z.array(
      z.object({
        name: z.string(),
        recordNumber: z.string(),
        birthDate: z.string(),
        action: z.enum(['create', 'update', 'unchanged']),
        patientId: Id.nullable(),
      }),
    ),
    proposals: z.int(),
    labResults: z.int(),
    profileChanges: z.array(z.object({ recordNumber: z.string(), field: z.string(), to: z.string(), because: z.string() })),
    /** Not taken, one line a reason and code; `entries` are the indexes into the bundle. */
    notTaken: z.array(
      z.object({
        resourceType: z.string(),
        reason: z.string(),
        code: z.string().nullable(),
        display: z.string().nullable(),
        entries: z.array(z.int()),
      }),
    ),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.output<typeof ImportReport>;

export const ImportRun = z
  .object({
    id: Id,
    fileName: z.string(),
    state: z.enum(['previewed', 'queued', 'running', 'done', 'failed']),
    entriesTotal: z.int(),
    entriesDone: z.int(),
    preview: ImportReport.nullable(),
    report: ImportReport.nullable(),
    failure: z.string().nullable(),
    createdAt: InstantOut,
    createdByName: z.string().nullable(),
    finishedAt: InstantOut.nullable(),
  })
  .meta({ id: 'ImportRun' });

const RunParams = z.strictObject({ importRunId: Id });
const tag = 'Imports';
export const previewImport = route({
  method: 'POST',
  path: '/imports',
  tag,
  summary: 'Upload a FHIR R4 bundle and see what it would do',
  access: { needs: 'import.run' },
  body: z
    .strictObject({
      fileName: text(255),
      bundle: z.looseObject({
        resourceType: z.literal('Bundle'),
        type: z.string().max(40).optional(),
        entry: z.array(z.looseObject({})).max(20_000).optional(),
      }),
    })
    .meta({ id: 'PreviewImport' }),
  response: ImportRun,
  status: 201,
  bodyLimit: 32 * 1024 * 1024,
});
export const runImport = route({
  method: 'POST',
  path: '/imports/:importRunId/run',
  tag,
  summary: 'Carry the previewed import out, as a job',
  access: { needs: 'import.run' },
  params: RunParams,
  body: z.strictObject({}),
  response: ImportRun,
  status: 202,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const readImport = route({
  method: 'GET',
  path: '/imports/:importRunId',
  tag,
  summary: 'Progress and report',
  access: { needs: 'import.read' },
  params: RunParams,
  response: ImportRun,
});
export const listImports = route({
  method: 'GET',
  path: '/imports',
  tag,
  summary: 'Imports, latest first',
  access: { needs: 'import.read' },
  query: z.strictObject({ ...pageQuery }),
  response: page(ImportRun),
});

export type ImportRun = z.output<typeof ImportRun>;
