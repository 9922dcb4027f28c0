// Makes the demo clinic where the database has no clinic yet. Runs at every start of the local stack and is done in an instant then.
import { dateInZone } from '@vastus/clinical';
import { Database } from '@vastus/db';
import { machineNow } from '../platform/clock.js';
import { readConfig } from '../platform/config.js';
import { hashPassword } from '../platform/sign-in/password.js';
import { createDemoClinic, DEMO_DOMAIN, DEMO_ZONE } from '../seed/demo.js';
import { SEED_PASSWORD } from '../seed/seed-clinic.js';

const config = readConfig(process.env);
const database = new Database({ url: config.databaseUrl, max: 2, applicationName: 'vastus-demo' });
try {
  const now = machineNow();
  const made = await createDemoClinic(database, now, dateInZone(now, DEMO_ZONE), () => hashPassword(SEED_PASSWORD));
  console.log(
    made ? `demo clinic made: nurse@${DEMO_DOMAIN}, physician@…, administrator@… with ${SEED_PASSWORD}` : 'there is a clinic already',
  );
} finally {
  await database.close();
}
