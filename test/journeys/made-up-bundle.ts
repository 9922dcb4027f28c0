/** What another system might send about one invented person: a result we know, one we do not, and an order for vitamin B12. */
export function madeUpBundle(key: string) {
  const subject = { reference: `urn:uuid:patient-${key}` };
  const result = (code: string, value: number, unit: string) => ({
    resource: {
      resourceType: 'Observation',
      id: `result-${code}-${key}`,
      status: 'final',
      subject,
      effectiveDateTime: '2026-01-14T08:00:00Z',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code, display: code }] },
      valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    },
  });
  const order = {
    resourceType: 'MedicationRequest',
    id: `order-${key}`,
    status: 'active',
    intent: 'order',
    subject,
    authoredOn: '2026-02-01T08:00:00Z',
    medicationCodeableConcept: {
      coding: [
        { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2001499', display: 'Vitamin B 12 5 MG/ML Injectable Solution' },
      ],
    },
  };
  const patient = {
    resourceType: 'Patient',
    id: `patient-${key}`,
    name: [{ family: `Import${key}`, given: ['Nele'] }],
    gender: 'female',
    birthDate: '1970-06-01',
  };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: subject.reference, resource: patient },
      result('2132-9', 180, 'pg/mL'),
      result('2085-9', 55, 'mg/dL'),
      { resource: order },
    ],
  };
}

export const bundleFile = (name: string, bundle: object) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(bundle)),
});
