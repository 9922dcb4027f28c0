// One PostgreSQL for a run. `npm test` starts it itself; this is for Jest started by hand or by an editor.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const forTests = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
};

export default async function start() {
  if (process.env.TEST_DATABASE_URL) return;
  const { startPostgres } = await import('../local/postgres.mjs');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-jest-'));
  fs.chmodSync(folder, 0o711);
  const server = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    settings: forTests,
  });
  process.env.TEST_DATABASE_URL = server.ownerUrl('postgres');
  globalThis.vastusDatabase = async () => {
    await server.stop();
    for (const dir of [folder, server.dataDir]) fs.rmSync(dir, { recursive: true, force: true });
  };
}
