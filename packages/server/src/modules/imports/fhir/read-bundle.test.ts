import { b12, condition, LOINC, NOW, order, patient, read, reasons, ZONE } from './bundle.fixture.js';
import { readBundle } from './read-bundle.js';

describe('results', () => {
  test('a result keeps the reported value and carries the harmonized one beside it', () => {
    const [taken] = read(patient('a'), b12()).patients[0]!.results;
    expect(taken).toMatchObject({
      analyte: 'b12',
      value: 200,
      unit: 'pg/mL',
      harmonizedUnit: 'pmol/L',
      collectedOn: '2026-10-01',
      collectedAt: '2026-10-01T06:00:00.000Z',
      status: 'final',
    });
    expect(taken!.harmonizedValue).toBeCloseTo(147.6, 5);
  });

  test('a day without a time begins at midnight in the clinic', () => {
    const [taken] = read(patient('a'), b12({ effectiveDateTime: '2026-10-01' })).patients[0]!.results;
    expect(taken).toMatchObject({ collectedOn: '2026-10-01', collectedAt: '2026-09-30T22:00:00.000Z' });
  });

  test.each([
    [
      'several components',
      { valueQuantity: undefined, component: [{ code: { coding: [{ system: LOINC, code: '2132-9' }] } }] },
      'several components in one observation',
    ],
    [
      'components under a code of their own',
      { code: { coding: [{ system: LOINC, code: '85354-9' }] }, component: [{ code: { coding: [{ system: LOINC, code: '4544-3' }] } }] },
      'several components in one observation',
    ],
    ['words instead of a number', { valueQuantity: undefined, valueString: 'low' }, 'the value is not a quantity (valueString)'],
    ['no value', { valueQuantity: undefined }, 'no value'],
    [
      'a reason why there is none',
      { valueQuantity: undefined, dataAbsentReason: { text: 'clotted' } },
      'the source says why there is no value',
    ],
    ['a number in quotes', { valueQuantity: { value: '200', unit: 'pg/mL' } }, 'the value is not a number'],
    ['no unit', { valueQuantity: { value: 200 } }, 'no unit'],
    ['an unknown unit', { valueQuantity: { value: 200, unit: 'furlong' } }, 'unknown unit (furlong)'],
    ['a molar unit under a mass code', { valueQuantity: { value: 200, unit: 'pmol/L' } }, 'the unit contradicts the LOINC code (pmol/L)'],
    ['only a limit', { valueQuantity: { value: 60, comparator: '<', unit: 'pg/mL' } }, 'only a limit is known (<)'],
    ['a negative value', { valueQuantity: { value: -1, unit: 'pg/mL' } }, 'the value is out of every range'],
    ['no date', { effectiveDateTime: undefined }, 'no collection date'],
    ['only a month', { effectiveDateTime: '2026-10' }, 'the collection date is not precise to the day'],
    ['a day that does not exist', { effectiveDateTime: '2026-02-30T08:00:00Z' }, 'the collection date cannot be read'],
    ['a time without its zone', { effectiveDateTime: '2026-10-01T08:00:00' }, 'the collection date cannot be read'],
    ['a future date', { effectiveDateTime: '2027-01-01' }, 'collected in the future'],
    ['a date before birth', { effectiveDateTime: '1979-01-01' }, 'collected before birth'],
    ['a preliminary result', { status: 'preliminary' }, 'status preliminary is not a result'],
    ['another LOINC code', { code: { coding: [{ system: LOINC, code: '8302-2' }] } }, 'LOINC not monitored'],
    ['no LOINC code', { code: { text: 'B12' } }, 'no LOINC code'],
  ])('%s is not taken, and said', (_, more, reason) => {
    const plan = read(patient('a'), b12(more));
    expect(plan.patients[0]!.results).toHaveLength(0);
    expect(plan.notTaken).toMatchObject([{ entry: 1, resourceType: 'Observation', reason }]);
  });

  test('amended and corrected results are corrections; one entered in error is a withdrawal', () => {
    expect(read(patient('a'), b12({ status: 'amended' })).patients[0]!.results[0]!.status).toBe('corrected');
    const plan = read(patient('a'), b12({ status: 'entered-in-error' }));
    expect(plan.patients[0]).toMatchObject({ results: [], withdrawals: [{ entry: 1, code: '2132-9' }] });
  });

  test('the first code that is monitored counts, and the human unit where the coded one is unknown', () => {
    const more = {
      code: {
        coding: [
          { system: 'urn:local', code: '17' },
          { system: LOINC, code: '2132-9' },
        ],
      },
      valueQuantity: { value: 200, code: 'xyz', unit: 'ng/L' },
    };
    expect(read(patient('a'), b12(more)).patients[0]!.results[0]).toMatchObject({ unit: 'ng/L', loinc: '2132-9' });
  });
});

describe('whose record it is', () => {
  test.each([
    ['a relative reference', { reference: 'Patient/a' }],
    ['an absolute one', { reference: 'https://records.example/fhir/Patient/a' }],
    ['one with a version', { reference: 'Patient/a/_history/3' }],
    ['a conditional one', { reference: 'Patient?identifier=https://records.example/mrn|MR-a' }],
    ['an encoded conditional one', { reference: 'Patient?identifier=https%3A%2F%2Frecords.example%2Fmrn%7CMR-a' }],
    ['an identifier', { identifier: { system: 'https://records.example/mrn', value: 'MR-a' } }],
  ])('%s', (_, subject) => {
    expect(read(patient('b'), patient('a'), b12({ subject })).patients.map(({ results }) => results.length)).toEqual([0, 1]);
  });

  test('a urn:uuid', () => {
    const fullUrl = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
    expect(read({ ...patient('a'), fullUrl }, b12({ subject: { reference: fullUrl } })).patients[0]!.results).toHaveLength(1);
  });

  test('nobody in the bundle: not taken', () => {
    expect(reasons(b12({ subject: { reference: 'Patient/z' } }))).toEqual(['its patient is not in the bundle']);
    expect(reasons(b12({ subject: undefined }))).toEqual(['its patient is not in the bundle']);
  });

  test('several patients of one bundle keep their own records', () => {
    const plan = read(
      patient('a'),
      patient('b'),
      b12(),
      b12({ id: 'b12-2', subject: { reference: 'Patient/b' } }),
      b12({ id: 'b12-3', subject: { reference: 'Patient/b' } }),
    );
    expect(plan.patients.map(({ results }) => results.length)).toEqual([1, 2]);
  });

  test('the same record twice is taken once', () => {
    const plan = read(patient('a'), patient('a'), b12(), b12());
    expect(plan.patients).toHaveLength(1);
    expect(plan.patients[0]!.results).toHaveLength(1);
    expect(plan.notTaken.map(({ entry, reason }) => [entry, reason])).toEqual([
      [1, 'the same record is in the bundle already'],
      [3, 'the same record is in the bundle already'],
    ]);
  });

  test('one record number for two people: the second is not taken, nor what belongs to them', () => {
    const other = patient('b', {
      birthDate: '1990-01-01',
      identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'https://records.example/mrn', value: 'MR-a' }],
    });
    expect(reasons(other, b12({ subject: { reference: 'Patient/b' } }))).toEqual([
      'its record number belongs to another patient of the bundle',
      'its patient was not taken',
    ]);
  });
});

describe('patients', () => {
  const why = (more: object) => read(patient('a', more)).notTaken[0]?.reason;
  test.each([
    [{ birthDate: undefined }, 'no birth date'],
    [{ birthDate: '1980' }, 'the birth date is not precise to the day'],
    [{ birthDate: '1980-02-30' }, 'the birth date cannot be read'],
    [{ birthDate: '2030-01-01' }, 'born in the future'],
    [{ name: [] }, 'no name'],
    [{ name: 'Ann' }, 'no name'],
    [{ name: [{ family: 'x'.repeat(101) }] }, 'the name is longer than 100 characters'],
    [{ identifier: [{ value: 'x'.repeat(41) }] }, 'the record number is longer than 40 characters'],
    [{ link: [{ type: 'replaced-by', other: { reference: 'Patient/b' } }] }, 'the source replaced this record by another one'],
    [{ active: false }, 'the source no longer uses this record'],
    [{ deceasedDateTime: '1970-01-01' }, 'died before birth'],
  ])('%j: %s', (more, reason) => expect(why(more)).toBe(reason));

  test('the official name, the record number, a mobile phone and the language', () => {
    const [taken] = read(
      patient('a', {
        name: [
          { use: 'maiden', family: 'Before' },
          { use: 'official', family: 'Núñez', given: ['Ana', 'María'] },
        ],
        telecom: [
          { system: 'phone', use: 'home', value: '1' },
          { system: 'phone', use: 'mobile', value: '2' },
          { system: 'email', value: 'ana@example.org' },
        ],
        communication: [
          { language: { coding: [{ code: 'en' }] } },
          { preferred: true, language: { coding: [{ code: 'tr', display: 'Turkish' }] } },
        ],
      }),
    ).patients;
    expect(taken!.demographics).toMatchObject({
      familyName: 'Núñez',
      givenName: 'Ana María',
      recordNumber: 'MR-a',
      phone: '2',
      email: 'ana@example.org',
      interpreterLanguage: 'Turkish',
    });
  });

  test('a name in one piece', () => {
    expect(read(patient('a', { name: [{ text: 'Ana María Núñez' }] })).patients[0]!.demographics).toMatchObject({
      familyName: 'Núñez',
      givenName: 'Ana María',
    });
  });

  test('dead without a date is dead', () => {
    expect(read(patient('a', { deceasedBoolean: true })).patients[0]!.demographics.deceasedOn).toBe('undated');
    expect(read(patient('a', { deceasedBoolean: false })).patients[0]!.demographics.deceasedOn).toBeNull();
  });
});

describe('broken input', () => {
  test.each([null, 7, 'x', [], {}, { resourceType: 'Patient' }, { resourceType: 'Bundle' }, { resourceType: 'Bundle', entry: 'many' }])(
    '%j holds nothing',
    (bundle) => {
      expect(readBundle(bundle, ZONE, NOW)).toEqual({ entriesTotal: 0, entriesOf: {}, patients: [], notTaken: [] });
    },
  );

  test('broken entries are lines of the report', () => {
    expect(
      reasons(
        null,
        5,
        {},
        { resource: null },
        { resource: {} },
        { request: { method: 'DELETE', url: 'Patient/a' } },
        { resource: { resourceType: 'Spaceship' } },
      ),
    ).toEqual([
      'the entry is not an object',
      'the entry is not an object',
      'the entry holds no resource',
      'the entry holds no resource',
      'the resource does not say its type',
      'asks to delete, which an import never does',
      'not used by Vastus',
    ]);
  });

  const NONSENSE: unknown[] = [
    '__proto__',
    'constructor',
    { code: '__proto__' },
    null,
    0,
    -1,
    '',
    'x',
    true,
    [],
    {},
    [null],
    [[]],
    [{}],
    { coding: null },
    { coding: [null, {}, { code: 5 }] },
    { reference: 5 },
  ];
  test('no shape of any field throws', () => {
    for (const entry of [patient('a'), b12(), condition('34000006'), order('B12 injection')]) {
      for (const field of Object.keys(entry.resource)) {
        for (const value of NONSENSE) {
          expect(() => JSON.stringify(read(patient('a'), { ...entry, resource: { ...entry.resource, [field]: value } }))).not.toThrow();
        }
      }
    }
  });

  test('names that objects are born with are no types, statuses or sexes', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const plan = read(patient('a', { gender: name }), b12({ status: name }), { resource: { resourceType: name } });
      expect(plan.patients[0]!.demographics.sex).toBe('unknown');
      expect(plan.notTaken.map(({ reason }) => reason).sort()).toEqual(
        [`status ${name} is not a result`, 'the resource does not say its type'].sort(),
      );
      expect(Object.keys(plan.entriesOf).sort()).toEqual(['Observation', 'Patient', 'unknown']);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
