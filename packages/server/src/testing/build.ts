/** What tests need before they begin, made through the same routes people use. Every field can be overridden. */

import type { RecordInjection, RegisterPatient, StartCourse } from '@vastus/contract';
import {
  type Course,
  type Injection,
  type Lot,
  listProducts,
  type Patient,
  type Product,
  receiveLot,
  recordInjection,
  registerPatient,
  startCourse,
} from '@vastus/contract';
import type { z } from 'zod';
import type { TestClinic } from './test-api.js';

let serial = 0;

export async function product(clinic: TestClinic, substance: Product['substance'] = 'hydroxocobalamin'): Promise<Product> {
  const { items } = await clinic.nurse.ok(listProducts);
  return items.find((p) => p.substance === substance)!;
}

export async function lot(
  clinic: TestClinic,
  {
    substance = 'hydroxocobalamin' as Product['substance'],
    ...fields
  }: { substance?: Product['substance']; expiresOn?: string; lotNumber?: string } = {},
): Promise<Lot> {
  const { id } = await product(clinic, substance);
  return clinic.nurse.ok(receiveLot, { body: { productId: id, lotNumber: `LOT-${++serial}`, expiresOn: '2031-01-31', ...fields } });
}

export function patient(clinic: TestClinic, fields: Partial<z.input<typeof RegisterPatient>> = {}): Promise<Patient> {
  const number = ++serial;
  return clinic.nurse.ok(registerPatient, {
    body: {
      recordNumber: `R-${number}`,
      familyName: `Family${number}`,
      givenName: 'Given',
      birthDate: '1960-05-17',
      sex: 'female',
      ...fields,
    },
  });
}

/** A hydroxocobalamin course in maintenance, started today, unless said otherwise. */
export async function course(
  clinic: TestClinic,
  patientId: string,
  {
    substance = 'hydroxocobalamin' as Product['substance'],
    ...fields
  }: Partial<z.input<typeof StartCourse>> & { substance?: Product['substance'] } = {},
): Promise<Course> {
  const { id: productId } = await product(clinic, substance);
  const { course: started } = await clinic.physician.ok(startCourse, {
    params: { patientId },
    body: {
      productId,
      cause: 'pernicious-anemia',
      neurologicalInvolvement: false,
      regimen: 'maintenance',
      startedOn: clinic.today,
      ...fields,
    },
  });
  return started;
}

/** What a nurse sends for a usual dose: right vastus lateralis, baseline examined. */
export function dose(
  { id, productId, doseMicrograms }: Course,
  { id: lotId }: Lot,
  givenAt: string,
  fields: Partial<z.input<typeof RecordInjection>> = {},
): z.input<typeof RecordInjection> {
  return {
    courseId: id,
    productId,
    lotId,
    doseMicrograms,
    volumeMl: 1,
    site: 'ventrogluteal-right',
    givenAt,
    identityChecked: true,
    baseline: { pain: 0, sensory: 'normal', motor: 'normal' },
    ...fields,
  };
}

/** A patient with a course and `givenAt` as its first dose. */
export async function treated(
  clinic: TestClinic,
  givenAt: string,
  fields: { course?: Parameters<typeof course>[2]; patient?: Parameters<typeof patient>[1]; dose?: Parameters<typeof dose>[3] } = {},
): Promise<{ patient: Patient; course: Course; lot: Lot; injection: Injection }> {
  const person = await patient(clinic, fields.patient);
  const started = await course(clinic, person.id, { startedOn: givenAt.slice(0, 10), ...fields.course });
  const vial = await lot(clinic, { substance: started.substance });
  const { injection } = await clinic.nurse.ok(recordInjection, {
    params: { patientId: person.id },
    body: dose(started, vial, givenAt, fields.dose),
  });
  return { patient: person, course: started, lot: vial, injection };
}
