// `npm test` hands every project the address of one PostgreSQL. This is for Jest started by hand or by an editor.
export default async function start() {
  if (process.env.TEST_DATABASE_URL || process.env.VASTUS_WITHOUT_DATABASE) return;
  const { openScratch } = await import('../local/scratch.mjs');
  const scratch = await openScratch(new Set(['database', 'redis']));
  Object.assign(process.env, scratch.env);
  globalThis.vastusScratch = scratch;
}
