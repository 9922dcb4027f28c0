// node packages/db/dist/migrate.js – applies the migrations to MIGRATION_DATABASE_URL, or DATABASE_URL.
import { MigrationError, migrate } from './migrator.js';

async function main(): Promise<void> {
  const url = process.env['MIGRATION_DATABASE_URL'] || process.env['DATABASE_URL'];
  if (!url) throw new MigrationError('Set MIGRATION_DATABASE_URL (or DATABASE_URL) to the database, as the owner of its tables.');
  await migrate(url, { log: (line) => console.log(`migrate: ${line}`) });
}

main().catch((error: unknown) => {
  console.error(error instanceof MigrationError ? `migrate: ${error.message}` : error);
  process.exitCode = 1;
});
