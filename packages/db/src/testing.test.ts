import { createTestDatabase } from './testing.js';
import { aClinic, aPatient } from './testing-rows.js';

it('gives each test file a database of its own, from one template, also when many ask at once', async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase()));
  const clinic = await aClinic(databases[0]!.database);
  await databases[0]!.database.transaction(clinic, (tx) => aPatient(tx));
  const counted = await Promise.all(
    databases.map(({ database }) => database.transaction(clinic, (tx) => tx.one<{ n: number }>('SELECT count(*) AS n FROM patient'))),
  );
  expect(counted.map(({ n }) => n)).toEqual([1, 0, 0, 0]);
  await Promise.all(databases.map((database) => database.drop()));
});

it('connects as the application does', async () => {
  const { database, drop } = await createTestDatabase();
  const login = await database.anywhere((q) =>
    q.one(
      `SELECT rolsuper, rolbypassrls, pg_has_role(current_user, 'vastus_app', 'member') AS app FROM pg_roles WHERE rolname = current_user`,
    ),
  );
  expect(login).toEqual({ rolsuper: false, rolbypassrls: false, app: true });
  await drop();
});
