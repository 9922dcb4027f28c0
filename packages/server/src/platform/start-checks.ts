// What a production process must not begin with: accounts whose password stands in the README.
import { Database } from '@vastus/db';
import type { Config } from './config.js';
import type { Logger } from './log.js';
import { loggable } from './problems/causes.js';
import { StartError } from './stopping.js';

const DEMO = `SELECT has_demo_clinic() OR EXISTS (SELECT FROM auth."user" WHERE "email" LIKE '%.vastus.local') AS demo`;

/** Throws in production where the database holds a demo or seeded clinic, or somebody of one. A database that is away is no reason. */
export async function refuseDemoInProduction(database: Database, config: Config, logger: Logger): Promise<void> {
  if (config.environment !== 'production') return;
  const found = await database
    .anywhere((q) => q.one<{ demo: boolean }>(DEMO))
    .catch((error: unknown) => {
      // Not there yet, or not migrated: nobody of a demo clinic is let in, so waiting for it opens nothing.
      logger.warn({ err: loggable(error) }, 'whether the database holds demo accounts could not be asked');
      return { demo: false };
    });
  if (found.demo)
    throw new StartError(
      'This database holds a demo clinic, whose passwords everybody can read. Production does not start with it: use a database of its own.',
    );
}
