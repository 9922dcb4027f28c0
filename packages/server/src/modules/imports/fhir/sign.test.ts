import { condition, order, patient, read, reasons, SNOMED } from './bundle.fixture.js';

describe('what the rules have a word for', () => {
  const signs = (...entry: unknown[]) => read(patient('a'), ...entry).patients[0]!.signs.map((sign) => sign.signs);

  test.each([
    ['431857002', [{ renalDysfunction: true }]],
    ['34000006', [{ riskGroup: 'ileal-resection-or-crohns' }, { malabsorption: 'inflammatory-bowel-disease' }]],
    ['442338001', [{ malabsorption: 'post-bariatric' }]],
    ['84027009', [{ malabsorption: 'other' }]],
    ['77386006', [{ riskGroup: 'pregnancy-or-lactation' }]],
  ])('SNOMED %s', (code, expected) => expect(signs(condition(code))).toEqual(expected));

  test('ICD-10 says the same', () => {
    const coded = (code: string) => condition('x', { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] } });
    expect(signs(coded('N18.31'))).toEqual([{ renalDysfunction: true }]);
    expect(signs(coded('K50.90'))).toHaveLength(2);
  });

  test('an ileal resection by its words, also as a procedure', () => {
    const code = { text: 'Resection of terminal ileum' };
    expect(signs(condition('1', { code }))).toHaveLength(2);
    const procedure = (status: string) => ({
      resource: { resourceType: 'Procedure', id: 'p', status, subject: { reference: 'Patient/a' }, code },
    });
    expect(signs(procedure('completed'))).toEqual([{ riskGroup: 'ileal-resection-or-crohns' }, { malabsorption: 'other' }]);
    expect(reasons(procedure('not-done'))).toEqual(['not completed (not-done)']);
    expect(reasons(condition('2', { code: { text: 'Family history of ileal resection' } }))).toEqual([
      'names a condition that the patient does not have',
    ]);
  });

  test('over, refuted and unconfirmed conditions are not taken', () => {
    const status = (code: string) => ({ coding: [{ code }] });
    expect(reasons(condition('34000006', { clinicalStatus: status('resolved') }))).toEqual(['not active (resolved)']);
    expect(reasons(condition('34000006', { verificationStatus: status('refuted') }))).toEqual(['not confirmed (refuted)']);
    expect(reasons(condition('77386006', { onsetDateTime: '2025-01-01' }))).toEqual(['began too long ago to be active still']);
    expect(reasons(condition('271737000'))).toEqual(['anemia: say so when the course is started']);
    expect(signs(condition('34000006', { clinicalStatus: status('remission') }))).toHaveLength(2);
  });

  test.each([
    ['Cyanocobalamin', 'cyanocobalamin'],
    ['Allergy to vitamin B12', 'cobalamin'],
    ['Cobalt allergy', 'cobalt'],
    ['Hydroxocobalamin 1 MG', 'hydroxocobalamin'],
  ])('an allergy to %s', (text, allergy) => {
    expect(signs({ resource: { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/a' }, code: { text } } })).toEqual([
      { allergy },
    ]);
  });

  test('other allergies, and allergies that are not there', () => {
    const allergy = (text: string, more = {}) => ({
      resource: { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/a' }, code: { text }, ...more },
    });
    expect(reasons(allergy('Shellfish allergy'))).toEqual(['not relevant to the products given here']);
    expect(reasons(allergy('No known allergy to cobalt'))).toEqual(['not relevant to the products given here']);
    expect(reasons(allergy('Cobalt', { verificationStatus: { coding: [{ code: 'refuted' }] } }))).toEqual([
      'taken back by the source (refuted)',
    ]);
  });

  test('metformin by its ingredient code, its ATC code or its name', () => {
    const coded = (system: string, code: string) => order('x', { medicationCodeableConcept: { coding: [{ system, code }] } });
    expect(signs(coded('http://www.nlm.nih.gov/research/umls/rxnorm', '6809'))).toEqual([{ riskGroup: 'long-term-metformin' }]);
    expect(signs(coded('http://www.whocc.no/atc', 'A10BA02'))).toHaveLength(1);
    expect(signs(order('metFORMIN hydrochloride 500 MG Oral Tablet'))).toHaveLength(1);
    expect(reasons(order('metformin', { status: 'stopped' }))).toEqual(['not active (stopped)']);
  });
});

describe('B12 orders', () => {
  const proposals = (...entry: unknown[]) => read(patient('a'), ...entry).patients[0]!.proposals;

  test('an injectable order is proposed, whatever names it', () => {
    expect(proposals(order('Vitamin B 12 5 MG/ML Injectable Solution'))).toMatchObject([
      { display: 'Vitamin B 12 5 MG/ML Injectable Solution', authoredOn: '2026-10-02' },
    ]);
    expect(
      proposals(
        order('x', { medicationCodeableConcept: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2001499' }] } }),
      ),
    ).toHaveLength(1);
    expect(
      proposals(order('x', { medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: 'B03BA03' }] } })),
    ).toHaveLength(1);
    expect(
      proposals(order('Hydroxocobalamin', { dosageInstruction: [{ route: { coding: [{ system: SNOMED, code: '78421000' }] } }] })),
    ).toHaveLength(1);
    const medication = {
      fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0b',
      resource: { resourceType: 'Medication', code: { text: 'cyanocobalamin injection' } },
    };
    expect(
      proposals(medication, order('x', { medicationCodeableConcept: undefined, medicationReference: { reference: medication.fullUrl } })),
    ).toHaveLength(1);
    expect(
      proposals(
        order('x', {
          medicationCodeableConcept: undefined,
          contained: [{ id: 'm', code: { text: 'cyanocobalamin injection' } }],
          medicationReference: { reference: '#m' },
        }),
      ),
    ).toHaveLength(1);
  });

  test('tablets, stopped orders, plans and the dead are not', () => {
    expect(reasons(order('Vitamin B12 1000 MCG Oral Tablet'))).toEqual(['B12, but not by injection']);
    expect(reasons(order('Vitamin B12 injection', { status: 'completed' }))).toEqual(['not active (completed)']);
    expect(reasons(order('Vitamin B12 injection', { intent: 'plan' }))).toEqual(['not an order (plan)']);
    expect(reasons(order('Vitamin B12 injection', { doNotPerform: true }))).toEqual(['not an order (do not perform)']);
    expect(read(patient('a', { deceasedBoolean: true }), order('Vitamin B12 injection')).notTaken).toMatchObject([
      { reason: 'the patient has died' },
    ]);
  });
});
