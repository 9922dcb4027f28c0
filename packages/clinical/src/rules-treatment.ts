import type { RuleEntry, TreatmentRuleId } from './rule-types.js';

/** Sections C and D of the protocol: where and how to inject, products, courses and doses. */
export const TREATMENT_RULES: Readonly<Record<TreatmentRuleId, RuleEntry>> = {
  'SITE-RANK': {
    kinds: ['derive', 'warn'],
    title: 'Standing of the sites',
    summary:
      'Ventrogluteal first, then the anterolateral thigh, the deltoid for small volumes, the rectus femoris for self-injection; dorsogluteal is avoided.',
    from: [
      'S1 | Critical Prevention Considerations | If gluteal injection is unavoidable',
      'S1 | Critical Prevention Considerations | The anterolateral thigh',
      'S0 | Prevention of Future Complications | Inject into truncal sites',
    ],
    parameters: ['deltoidMaxVolumeMl'],
    conflict: 'gluteal-sites',
  },
  'SITE-DG': {
    kinds: ['block'],
    title: 'Dorsogluteal site refused',
    summary: 'The upper outer buttock lies over the sciatic nerve; there is always another site.',
    from: ['S1 | Critical Prevention Considerations | Total avoidance of gluteal'],
    conflict: 'gluteal-sites',
  },
  'SITE-ROTATE': {
    kinds: ['warn', 'derive'],
    title: 'Rotate the site',
    summary: 'The site of the previous dose, or one used in the last days, gives way to the best-rested permitted site.',
    from: ['S0 | Prevention of Future Complications | Rotate injection sites'],
    parameters: ['rotationDays'],
  },
  'SITE-SKIN': {
    kinds: ['block'],
    title: 'Skin not intact',
    summary: 'A site with infection, rash, scar or swelling is not offered.',
    from: [
      'S2 | Real-world limitations you should not ignore | If you have skin conditions',
      'S0 | Critical Clinical Evaluation | Injection site examination',
    ],
  },
  'TECH-ASPIRATE': {
    kinds: ['inform'],
    title: 'Aspiration recorded',
    summary: 'Whether the nurse aspirated is recorded, not demanded.',
    from: ['S0 | Prevention of Future Complications | Aspirate before injecting'],
    conflict: 'subcutaneous-habits',
  },
  'TECH-NEEDLE': {
    kinds: ['inform'],
    title: 'Needle recorded',
    summary: 'Gauge and length of the needle are recorded.',
    from: ['S0 | Prevention of Future Complications | Use short needles'],
    conflict: 'subcutaneous-habits',
  },
  'TECH-SC': {
    kinds: ['derive', 'block'],
    title: 'Route of the product',
    summary:
      'A dose is given by a route its product allows. Abdomen and pen needle are subcutaneous technique and no IM site; an IM dose names its site.',
    from: [
      'S0 | Prevention of Future Complications | Inject into truncal sites',
      'S0 | Prevention of Future Complications | Use short needles',
    ],
    conflict: 'subcutaneous-habits',
  },
  'DX-START': {
    kinds: ['derive'],
    title: 'Start on suspicion',
    summary: 'A course never waits for a laboratory confirmation.',
    from: ['S4 | Critical Pitfalls to Avoid | Do not delay treatment'],
  },
  'DX-SEVERE': {
    kinds: ['derive'],
    title: 'Severe deficiency is a picture',
    summary:
      'Symptoms, neurological signs, blood picture and malabsorption count beside the B12 value; neurological involvement chooses the regimen.',
    from: ['S2 | What “Severe” Vitamin B12 Deficiency Usually Means | “Severe” isn’t just a single lab number'],
  },
  'DX-CAUSE': {
    kinds: ['alert'],
    title: 'Cause still open',
    summary: 'A course without a known cause stays on the worklist, at low priority, until the cause is recorded.',
    from: [
      'S3 | Adjunctive Considerations | Identify and correct',
      'S2 | Key questions to discuss with your clinician before starting | Is IM the right route',
      'S4 | Special Populations | Patients with ileal resections',
    ],
  },
  'DX-3MO': {
    kinds: ['derive'],
    title: 'Risk of permanent damage',
    summary: 'Symptoms for more than three months before treatment may leave permanent damage.',
    from: ['S4 | Critical Timing Consideration | Vitamin B12 deficiency progressing'],
    parameters: ['permanentDamageRiskMonths'],
  },
  'RX-LOAD-NEURO': {
    kinds: ['schedule'],
    title: 'Loading on alternate days',
    summary:
      'With neurological involvement, a dose every second day until a clinician states that improvement has stopped; no count ends it.',
    from: [
      'S3 | Initial Loading Phase (Intensive Treatment) | Administer 1 mg',
      'S4 | Initial Treatment Protocol | Begin with hydroxocobalamin',
    ],
    parameters: ['loadingOverdueNurseDays'],
  },
  'RX-LOAD-NEURO-ALT': {
    kinds: ['schedule'],
    title: 'Loading three times a week, neurological',
    summary: 'The alternative with neurological involvement: three doses a week for two weeks.',
    from: ['S4 | Initial Treatment Protocol | Alternatively, use the intensive protocol'],
    parameters: ['loadingOverdueNurseDays'],
  },
  'RX-LOAD-PLAIN': {
    kinds: ['schedule'],
    title: 'Loading three times a week',
    summary: 'Without neurological involvement: three doses a week for two weeks.',
    from: ['S3 | Initial Loading Phase (Intensive Treatment) | Key distinction'],
    parameters: ['loadingOverdueNurseDays'],
  },
  'RX-METHYL': {
    kinds: ['schedule'],
    title: 'Methylcobalamin three times a week',
    summary: 'The methylcobalamin option: 500 µg three times a week, which did better than one large weekly dose.',
    from: ['S3 | Evidence for Dosing Frequency in Neuropathy | 500 mcg three times weekly'],
    parameters: ['loadingOverdueNurseDays'],
  },
  'RX-MAINT': {
    kinds: ['schedule'],
    title: 'Maintenance for life',
    summary: 'One dose every two months by default; one and three months can be chosen for a course.',
    from: [
      'S3 | Maintenance Phase (Lifelong) | 1 mg intramuscularly every 2 months',
      'S4 | Maintenance Therapy | Continue hydroxocobalamin',
    ],
    parameters: ['maintenanceMonths'],
    conflict: 'maintenance-interval',
  },
  'RX-LIFELONG': {
    kinds: ['block'],
    title: 'Better is no reason to stop',
    summary: 'Ending a B12 course because levels are normal or symptoms better is refused: the cause persists.',
    from: ['S3 | Maintenance Phase (Lifelong) | Never discontinue therapy', 'S4 | Maintenance Therapy | Patients must understand'],
  },
  'RX-OVERDUE': {
    kinds: ['alert'],
    title: 'Dose overdue',
    summary:
      'A late dose goes to the nurse, a very late maintenance dose to the physician because of the risk of relapse. A dose that was declined, or that a patient wants elsewhere, goes to the physician at once.',
    from: ['S3 | Critical Pitfalls to Avoid | Do not stop injections', 'S4 | Maintenance Therapy | Patients must understand'],
    parameters: ['maintenanceOverdueNurseDays', 'maintenanceOverduePhysicianDays', 'loadingOverdueNurseDays'],
  },
  'RX-EARLY': {
    kinds: ['warn', 'block'],
    title: 'Dose too early',
    summary:
      'A dose sooner than half its interval after the one before, or too close to the one after, is confirmed first; a second one of the same course on the same day is refused: it is a duplicate.',
    from: ['safety-of-use | duplicate injection'],
  },
  'RX-RENAL': {
    kinds: ['block', 'alert'],
    title: 'No cyanocobalamin with renal dysfunction',
    summary:
      'With known renal dysfunction or a low eGFR, hydroxocobalamin or methylcobalamin is proposed instead; a course that runs already goes to the physician.',
    from: [
      'S3 | Formulation Selection | Avoid cyanocobalamin',
      'S4 | Initial Treatment Protocol | Hydroxocobalamin or methylcobalamin are preferred',
    ],
    parameters: ['eGfrThreshold'],
  },
  'RX-ORAL-NEURO': {
    kinds: ['block'],
    title: 'No oral B12 while loading with neuropathy',
    summary: 'While a course with neurological involvement is loading, oral B12 does not replace the injections.',
    from: ['S3 | Critical Pitfalls to Avoid | Do not use oral B12'],
    conflict: 'oral-equivalence',
  },
  'RX-FOLATE': {
    kinds: ['block', 'alert'],
    title: 'No folic acid before B12',
    summary: 'More than a trace of folic acid before any B12 may correct the anemia and hide the damage to the cord.',
    from: ['S3 | Critical Pitfalls to Avoid | Never administer folic acid', 'S4 | Critical Pitfalls to Avoid | Never give folic acid'],
    parameters: ['folicAcidLimitMgPerDay'],
  },
  'RX-VITD': {
    kinds: ['block'],
    title: 'IM vitamin D needs malabsorption',
    summary: 'Reserved for bariatric surgery, inflammatory bowel disease and pancreatic insufficiency; others are offered oral D3.',
    from: ['S0 | Transition to Oral Vitamin Supplementation | IM vitamin D should be reserved'],
    conflict: 'oral-equivalence',
  },
  'RX-VITA': {
    kinds: ['warn'],
    title: 'Oral vitamin A preferred',
    summary: 'Oral retinyl palmitate works as well; the injection hurts.',
    from: ['S0 | Transition to Oral Vitamin Supplementation | Oral retinyl palmitate'],
    conflict: 'oral-equivalence',
  },
  'RX-ALLERGY': {
    kinds: ['block', 'warn'],
    title: 'Recorded allergy',
    summary: 'An allergy to the substance, to cobalt or to cobalamins refuses the dose; one to another cobalamin is pointed out.',
    from: ['safety-of-use | known allergy'],
  },
  'RX-EXPIRED': {
    kinds: ['block'],
    title: 'Lot not usable',
    summary: 'A lot past its date, recalled or on hold is refused. The printed date is the last day of use.',
    from: ['safety-of-use | expired or recalled product'],
  },
  'RX-COURSE': {
    kinds: ['block', 'warn'],
    title: 'Dose does not fit the course',
    summary:
      'A dose belongs to a living patient and a course that has not ended; another substance or amount than the course names is pointed out.',
    from: ['safety-of-use | wrong patient, wrong drug, wrong dose'],
  },
  'RX-OBSERVE': {
    kinds: ['derive', 'inform'],
    title: 'Observe after the dose',
    summary:
      'After the needle somebody stays within sight for a while; the time counts from the dose and a reaction is reported from there.',
    from: ['safety-of-use | reaction soon after the dose'],
    parameters: ['observationMinutes'],
  },
  'REC-TRUTH': {
    kinds: ['alert'],
    title: 'Given against a stop',
    summary: 'A dose already given is always recorded, with the rules that refused it, and goes to a physician at once.',
    from: ['safety-of-use | unrecorded injection'],
  },
};
