// npm run clinic -- --name NAME --zone ZONE --administrator EMAIL [--physician EMAIL] [--nurse EMAIL]: makes a clinic and its first staff.
// Each person gets a link to join with; nobody is given a password.
import { ROLES, type Role } from '@vastus/clinical';
import { Database, newId } from '@vastus/db';
import { createClinic } from '../modules/clinics/clinics.js';
import { createInvitation, linkOf } from '../modules/staff/invitations.js';
import { machineNow } from '../platform/clock.js';
import { Complaint, parseArguments } from '../platform/command-line.js';

const USAGE = 'npm run clinic -- --name NAME --zone Europe/Berlin --administrator EMAIL [--physician EMAIL] [--nurse EMAIL]';
/** Who can do the most harm with a stolen password needs more than one from the first day. */
const SECOND_FACTOR: readonly Role[] = ['physician', 'administrator'];
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

async function main(): Promise<void> {
  const { options, rest } = parseArguments(process.argv.slice(2), { options: ['name', 'zone', ...ROLES] }, USAGE);
  const { name, zone: timeZone } = options;
  if (rest.length > 0 || !name?.trim() || !timeZone || !options['administrator']) throw new Complaint(`usage: ${USAGE}`);
  const wanted = ROLES.flatMap((role) => (options[role] === undefined ? [] : [{ role, email: options[role].trim().toLowerCase() }]));
  for (const { role, email } of wanted) if (!EMAIL.test(email)) throw new Complaint(`--${role}: "${email}" is no e-mail address`);
  if (new Set(wanted.map(({ email }) => email)).size < wanted.length) throw new Complaint('a person has one role in a clinic');
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Complaint('DATABASE_URL is not set: in which database?');

  const database = new Database({ url, max: 2, applicationName: 'vastus-clinic' });
  try {
    const now = machineNow();
    const clinicId = newId();
    const invited = await database.transaction({ clinicId }, async (tx) => {
      await createClinic(tx, { name: name.trim(), timeZone, isDemo: false, secondFactorRoles: SECOND_FACTOR, now });
      const made: { role: Role; email: string; token: string }[] = [];
      for (const { role, email } of wanted)
        made.push({ role, email, ...(await createInvitation(tx, { email, role, createdBy: null, now })) });
      return made;
    });
    const publicUrl = process.env['PUBLIC_URL'] || 'http://localhost:8080';
    console.log(
      `clinic "${name.trim()}" (${timeZone}) is ready. Hand each person their link; it works once, for a week, and is shown this once:`,
    );
    const width = Math.max(...invited.map(({ email }) => email.length));
    for (const { role, email, token } of invited) console.log(`  ${role.padEnd(13)} ${email.padEnd(width)}  ${linkOf(publicUrl, token)}`);
    console.log('Physicians and administrators are asked to set up a second factor; an administrator can change that on the page Staff.');
    if (!process.env['PUBLIC_URL'])
      console.log('PUBLIC_URL is not set: put the address of your dashboard in place of http://localhost:8080.');
  } catch (error) {
    if (error instanceof RangeError) throw new Complaint(error.message);
    throw error;
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
});
