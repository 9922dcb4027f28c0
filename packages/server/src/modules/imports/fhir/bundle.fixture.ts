// Records as a bundle carries them, each of which can be bent out of shape.
import { readBundle } from './read-bundle.js';

export const ZONE = 'Europe/Berlin';
export const NOW = '2026-11-20T12:00:00.000Z';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';

export const patient = (id: string, more: object = {}) => ({
  fullUrl: `https://records.example/fhir/Patient/${id}`,
  resource: {
    resourceType: 'Patient',
    id,
    birthDate: '1980-05-05',
    gender: 'female',
    name: [{ use: 'official', family: `Family ${id}`, given: ['Given'] }],
    identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'https://records.example/mrn', value: `MR-${id}` }],
    ...more,
  },
});
export const b12 = (more: object = {}) => ({
  resource: {
    resourceType: 'Observation',
    id: 'b12-1',
    status: 'final',
    code: { coding: [{ system: LOINC, code: '2132-9', display: 'B12' }] },
    subject: { reference: 'Patient/a' },
    effectiveDateTime: '2026-10-01T08:00:00+02:00',
    valueQuantity: { value: 200, unit: 'pg/mL', code: 'pg/mL' },
    ...more,
  },
});
export const condition = (code: string, more: object = {}) => ({
  resource: {
    resourceType: 'Condition',
    id: `c-${code}`,
    subject: { reference: 'Patient/a' },
    code: { coding: [{ system: SNOMED, code, display: `condition ${code}` }] },
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    ...more,
  },
});
export const order = (words: string, more: object = {}) => ({
  resource: {
    resourceType: 'MedicationRequest',
    id: `m-${words.length}`,
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/a' },
    authoredOn: '2026-10-02',
    medicationCodeableConcept: { text: words },
    ...more,
  },
});
export const read = (...entry: unknown[]) => readBundle({ resourceType: 'Bundle', type: 'collection', entry }, ZONE, NOW);
export const reasons = (...entry: unknown[]) => read(patient('a'), ...entry).notTaken.map(({ reason }) => reason);
