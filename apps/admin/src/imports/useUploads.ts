/** The files chosen on this page: read in the browser, previewed by the server, carried out one after the other. */
import { useQueryClient } from '@tanstack/react-query';
import { type ImportRun, ROUTES } from '@vastus/contract';
import { useRef, useState } from 'react';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { refreshAll } from '../api/queries.js';

export interface Upload {
  key: string;
  fileName: string;
  state: 'reading' | 'previewing' | 'previewed' | 'starting' | 'started' | 'refused';
  run: ImportRun | null;
  /** A problem of the server, or the name of what is wrong with the file. */
  problem: ApiProblem | 'too-large' | 'no-json' | 'no-bundle' | null;
}

/** The contract's limit for an upload. */
const MOST_BYTES = ROUTES.previewImport.bodyLimit ?? 32 * 1024 * 1024;

export function useUploads() {
  const queryClient = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const change = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));

  function choose(files: Iterable<File>): void {
    for (const file of files) {
      const key = crypto.randomUUID();
      setUploads((all) => [...all, { key, fileName: file.name, state: 'reading', run: null, problem: null }]);
      // One at a time: nine bundles of several megabytes are parsed and sent in turn.
      line.current = line.current.then(() => preview(key, file));
    }
  }

  async function preview(key: string, file: File): Promise<void> {
    try {
      const bundle = await readBundle(file);
      if (typeof bundle === 'string') return change(key, { state: 'refused', problem: bundle });
      change(key, { state: 'previewing' });
      const run = await call(ROUTES.previewImport, { body: { fileName: file.name, bundle } });
      change(key, { state: 'previewed', run });
      void refreshAll(queryClient);
    } catch (problem) {
      change(key, { state: 'refused', problem: problem instanceof ApiProblem ? problem : 'no-json' });
    }
  }

  async function carryOut(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const upload = uploads.find((candidate) => candidate.key === key);
      if (upload?.state !== 'previewed' || !upload.run) continue;
      change(key, { state: 'starting', problem: null });
      try {
        const run = await call(ROUTES.runImport, { params: { importRunId: upload.run.id }, body: {} });
        change(key, { state: 'started', run });
      } catch (problem) {
        change(key, { state: 'previewed', problem: problem instanceof ApiProblem ? problem : null });
      }
    }
    void refreshAll(queryClient);
  }

  return { uploads, choose, carryOut, remove: (key: string) => setUploads((all) => all.filter((upload) => upload.key !== key)) };
}

type Bundle = { resourceType: 'Bundle' } & Record<string, unknown>;

async function readBundle(file: File): Promise<Bundle | 'too-large' | 'no-json' | 'no-bundle'> {
  if (file.size > MOST_BYTES) return 'too-large';
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    return 'no-json';
  }
  return typeof content === 'object' && content !== null && (content as Bundle).resourceType === 'Bundle'
    ? (content as Bundle)
    : 'no-bundle';
}
