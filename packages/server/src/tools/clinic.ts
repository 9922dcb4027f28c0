// npm run clinic -- --name NAME --zone ZONE --administrator EMAIL [--physician EMAIL] [--nurse EMAIL]: makes a clinic and its first staff.
// Each new person gets a password that is printed once and kept nowhere; who has an account already keeps theirs.
import { randomBytes } from 'node:crypto';
import { ROLES, type Role } from '@vastus/clinical';
import { Database, newId } from '@vastus/db';
import { addMember, createClinic } from '../modules/clinics/clinics.js';
import { machineNow } from '../platform/clock.js';
import { Complaint, parseArguments } from '../platform/command-line.js';
import { createAccount } from '../platform/sign-in/accounts.js';

const USAGE = 'npm run clinic -- --name NAME --zone Europe/Berlin --administrator EMAIL [--physician EMAIL] [--nurse EMAIL]';
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Person {
  role: Role;
  email: string;
  userId: string;
  /** Absent for somebody who has an account already. */
  password?: string;
}

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
    const people = await database.transaction({ clinicId }, async (tx) => {
      await createClinic(tx, { name: name.trim(), timeZone, isDemo: false, now });
      const made: Person[] = [];
      for (const { role, email } of wanted) {
        const known = await tx.maybe<{ id: string }>('SELECT "id" FROM auth."user" WHERE "email" = $1', [email]);
        const password = known ? undefined : randomBytes(15).toString('base64url');
        const userId = known?.id ?? (await createAccount(tx, now, { email, name: email, password: password ?? '' }));
        await addMember(tx, { clinicId, userId, role, now });
        made.push({ role, email, userId, ...(password && { password }) });
      }
      return made;
    });
    console.log(`clinic "${name.trim()}" (${timeZone}) is ready. Its staff, with passwords that are shown this once:`);
    for (const { role, email, password } of people)
      console.log(`  ${role.padEnd(14)}${email.padEnd(36)}${password ?? 'has an account already'}`);
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
