// The few rows this package's own tests need.
import type { Database } from './database.js';
import type { Tx } from './tx.js';
import { insert, newId, type Row } from './write.js';

const AT = '2026-01-01T08:00:00.000Z';

export async function aClinic(db: Database): Promise<{ clinicId: string }> {
  const clinicId = newId();
  await db.transaction({ clinicId }, (tx) =>
    insert(tx, 'clinic', { id: clinicId, name: 'Clinic', timeZone: 'Europe/Vienna', createdAt: AT }),
  );
  return { clinicId };
}

export async function aPatient(tx: Tx, values: Row = {}): Promise<string> {
  const id = newId();
  const named = { familyName: 'Muster', givenName: 'Anna', searchName: 'anna muster anna muster', birthDate: '1960-02-29', sex: 'female' };
  await insert(tx, 'patient', { clinicId: tx.clinicId, id, recordNumber: id, ...named, recordedAt: AT, ...values });
  return id;
}
