/** The ward's words for every code of the rules and of the records. Short: they stand in tables, on buttons and in alerts. */
import type {
  Allergen, Analyte, Assessment, Cause, CoursePhase, FindingCode, Malabsorption, MonitoringPlan, Nerve, Priority, Regimen, RiskGroup, RuleId, SiteId, Substance,
} from '@vastus/clinical';

const rule = {
  'AE-ASSESS': 'Assess the numbness', 'AE-SYSTEMIC': 'Possible systemic reaction', 'AE-URGENT': 'Likely nerve injury: see the patient now',
  'AE-SEVERITY': 'Severity', 'AE-BENIGN': 'Benign course likely: reassure and watch', 'AE-INFLAMMATORY': 'Inflammatory compression likely',
  'AE-MASS': 'Hematoma or abscess possible: image the site', 'AE-NERVE': 'Nerve at risk', 'AE-EXAM': 'Examine strength and sensation', 'AE-WARM': 'Warm compresses at the site',
  'AE-PAIN': 'Consider gabapentin or pregabalin', 'AE-NODISMISS': 'A motor deficit is not benign',
  'NI-24H': 'Re-examine at 24 hours', 'NI-48H': 'Refer to neurology at 48 hours', 'NI-2W': 'Neurological evaluation at 2 weeks', 'NI-4W': 'End of the usual recovery at 4 weeks',
  'NI-6W': 'Persisting at 6 weeks: plan ongoing care', 'NI-EMG60': 'Nerve conduction study at day 60', 'NI-SURG': 'Decide on surgery before 3 months', 'NI-BLOCK': 'Transsacral block may be considered',
  'HOLD-IM': 'IM injections on hold', 'HOLD-LIMB': 'Limb restricted after an injury', 'HOLD-DECIDE': 'Decide how treatment goes on', 'HOLD-GAP': 'On hold without B12 replacement',
  'SITE-RANK': 'Standing of the site', 'SITE-DG': 'Dorsogluteal site', 'SITE-ROTATE': 'Rotate the site', 'SITE-SKIN': 'Skin at the site',
  'TECH-ASPIRATE': 'Aspiration', 'TECH-NEEDLE': 'Needle', 'TECH-SC': 'Route and technique',
  'DX-START': 'Start on suspicion', 'DX-SEVERE': 'Severe deficiency', 'DX-CAUSE': 'Cause still open', 'DX-3MO': 'Symptoms for more than 3 months',
  'RX-LOAD-NEURO': 'Loading on alternate days', 'RX-LOAD-NEURO-ALT': 'Loading three times a week', 'RX-LOAD-PLAIN': 'Loading three times a week', 'RX-METHYL': 'Methylcobalamin three times a week',
  'RX-MAINT': 'Maintenance dose', 'RX-LIFELONG': 'Treatment is lifelong', 'RX-OVERDUE': 'Dose overdue', 'RX-EARLY': 'Too early', 'RX-COURSE': 'Does not fit the course',
  'RX-RENAL': 'Kidneys and cyanocobalamin', 'RX-ORAL-NEURO': 'No oral B12 while loading with nerve symptoms', 'RX-FOLATE': 'Folic acid without B12', 'RX-VITD': 'IM vitamin D needs malabsorption',
  'RX-VITA': 'Oral vitamin A is preferred', 'RX-ALLERGY': 'Allergy', 'RX-EXPIRED': 'Lot not usable', 'REC-TRUTH': 'Given against a stop',
  'MON-BASE': 'Baseline results', 'MON-K48': 'Potassium in the first 48 hours', 'MON-RETIC': 'Hematocrit and reticulocytes', 'MON-3-6-12': 'Check at 3, 6 and 12 months', 'MON-ANNUAL': 'Yearly check',
  'MON-Q3': 'Check every 3 months', 'MON-SATISFY': 'What meets a check', 'MON-HCY': 'Homocysteine not at target', 'MON-NORESP': 'No response: review', 'MON-NEURO': 'Neurological baseline',
  'MON-RELAPSE': 'Symptoms worse again', 'MON-TIMELINE': 'Expected recovery', 'MON-RULEOUT': 'Other causes of neuropathy', 'MON-RISK': 'Risk group', 'PAIN-PLAN': 'Pain treatment',
  'SELF-ELIG': 'Fit for self-injection', 'SELF-STABLE': 'Stable enough for self-injection', 'SELF-TRAIN': 'Training for self-injection', 'SELF-LOG': 'Dose reported from home', 'SELF-STOP': 'Self-injection suspended',
} satisfies Record<RuleId, string>;

const finding = {
  'im-hold-active': 'IM injections are on hold since %{since}. A physician decides how treatment goes on.',
  'limb-restricted': '%{site}: this limb is restricted for good after an injury on %{since}.',
  'site-restricted': '%{site} is restricted since %{since}: %{reason}',
  'dorsogluteal-site': 'Dorsogluteal: the sciatic nerve is close. Use the ventrogluteal site.',
  'skin-finding-at-site': '%{site}: infection, rash, scar or swelling seen there today.',
  'deltoid-volume-exceeded': '%{volumeMl} mL is too much for the deltoid (at most %{maxVolumeMl} mL).',
  'same-site-as-previous': 'Same site as the last injection on %{lastUsedOn}. Rotate.',
  'site-used-recently': 'Used %{daysSinceLastUse} days ago (%{lastUsedOn}). Sites rest %{rotationDays} days.',
  'dose-too-early': 'Too early: last dose on %{lastDoseOn}, next from %{earliestOn}, due %{dueOn}.',
  'dose-too-close-to-next': 'Too close to the dose recorded on %{nextDoseOn}.',
  'dose-already-given-today': 'The same vitamin was already given on %{givenOn}.',
  'lot-expired': 'The lot expired on %{expiresOn}.',
  'lot-recalled': 'The lot has been recalled. Do not use it.',
  'lot-on-hold': 'The lot is on hold. Take another one.',
  'cyanocobalamin-with-renal-dysfunction': 'No cyanocobalamin with poor kidney function. Use %{alternatives}.',
  'allergy-to-substance': 'Allergy recorded: %{allergies}.',
  'allergy-to-related-substance': 'Allergy to a related substance recorded: %{allergies}.',
  'vitamin-d-without-malabsorption': 'IM vitamin D needs a recorded malabsorption. Otherwise give it orally.',
  'vitamin-a-oral-preferred': 'Oral vitamin A is preferred; the injection is painful.',
  'baseline-missing': 'Ten seconds for the neurological baseline: later it tells disease from injury.',
  'route-not-allowed-for-product': 'This product is not given %{route}.',
  'site-missing': 'Choose the injection site.',
  'course-unknown': 'The patient has no such course.',
  'course-ended': 'The course ended on %{endedOn}.',
  'patient-deceased': 'The patient died on %{deceasedOn}.',
  'substance-differs-from-course': '%{substance} is not the substance of the course (%{courseSubstance}).',
  'dose-differs-from-course': 'The dose differs from the course (%{courseDoseMicrograms} µg).',
  'folic-acid-before-b12': 'Folic acid above %{folicAcidLimitMgPerDay} mg a day before any B12 can hide the anemia while the cord is damaged.',
  'ending-because-improved': 'Treatment is lifelong. Better levels or symptoms are the effect of it, not a reason to end it.',
  'oral-while-loading-neurological': 'While loading with nerve symptoms, oral B12 is not enough.',
  'motor-deficit-not-benign': 'With a motor deficit the event cannot be closed as benign.',
} satisfies Record<FindingCode, string>;

const site = {
  'ventrogluteal-left': 'Left ventrogluteal', 'ventrogluteal-right': 'Right ventrogluteal', 'vastus-lateralis-left': 'Left vastus lateralis', 'vastus-lateralis-right': 'Right vastus lateralis',
  'deltoid-left': 'Left deltoid', 'deltoid-right': 'Right deltoid', 'rectus-femoris-left': 'Left rectus femoris', 'rectus-femoris-right': 'Right rectus femoris',
  'dorsogluteal-left': 'Left dorsogluteal', 'dorsogluteal-right': 'Right dorsogluteal',
} satisfies Record<SiteId, string>;

const substance = {
  cyanocobalamin: 'Cyanocobalamin', hydroxocobalamin: 'Hydroxocobalamin', methylcobalamin: 'Methylcobalamin', colecalciferol: 'Vitamin D3', retinol: 'Vitamin A',
} satisfies Record<Substance, string>;

const analyte = {
  b12: 'Vitamin B12', homocysteine: 'Homocysteine', mma: 'Methylmalonic acid', folate: 'Folate', potassium: 'Potassium', hematocrit: 'Hematocrit', hemoglobin: 'Hemoglobin', mcv: 'MCV',
  reticulocytes: 'Reticulocytes', ferritin: 'Ferritin', hba1c: 'HbA1c', tsh: 'TSH', creatinine: 'Creatinine', egfr: 'eGFR', 'vitamin-d': 'Vitamin D (25-OH)',
} satisfies Record<Analyte, string>;

const assessment = {
  onset: 'Onset after the injection', distribution: 'Distribution', motor: 'Strength', radiatingPain: 'Radiating pain', lossOfConsciousness: 'Loss of consciousness', course: 'Course so far',
  siteFindings: 'The site itself',
} satisfies Record<keyof Assessment, string>;

export const clinical = {
  rule,
  finding,
  site,
  substance,
  analyte,
  assessment,
  severity: { block: 'Stop', warn: 'Check' },
  limb: { 'left-arm': 'Left arm', 'right-arm': 'Right arm', 'left-leg': 'Left leg', 'right-leg': 'Right leg' },
  siteState: { recommended: 'Suggested', available: 'Available', recent: 'Used recently', restricted: 'Restricted', avoid: 'Avoid' },
  regimen: {
    'loading-alternate-days': 'Every other day until no further improvement', 'loading-three-weekly-neurological': 'Three times a week for 2 weeks (nerve symptoms)',
    'loading-three-weekly': 'Three times a week for 2 weeks', 'methylcobalamin-three-weekly': 'Methylcobalamin 500 µg three times a week', maintenance: 'Maintenance from the first dose',
  } satisfies Record<Regimen, string>,
  phase: { loading: 'Loading', maintenance: 'Maintenance', 'on-hold': 'On hold', ended: 'Ended' } satisfies Record<CoursePhase, string>,
  plan: { 'MON-3-6-12': 'At 3, 6 and 12 months, then yearly', 'MON-Q3': 'Every 3 months until stable, then yearly', none: 'No monitoring' } satisfies Record<MonitoringPlan, string>,
  cause: {
    'pernicious-anemia': 'Pernicious anemia', 'gastric-surgery': 'Gastric surgery', 'ileal-surgery': 'Ileal surgery', 'crohns-disease': 'Crohn’s disease', diet: 'Diet', metformin: 'Metformin',
    other: 'Other', unknown: 'Not yet known',
  } satisfies Record<Cause, string>,
  priority: { emergency: 'Emergency', urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' } satisfies Record<Priority, string>,
  alertState: { open: 'Open', acknowledged: 'Taken on', snoozed: 'Snoozed', resolved: 'Done', dismissed: 'Dismissed', closed: 'Closed by itself' },
  milestoneState: { planned: 'Planned', raised: 'Open', met: 'Done', cancelled: 'Dropped' },
  outcome: {
    done: 'Done', referred: 'Referred', examined: 'Examined', 'results-ordered': 'Results ordered', 'dose-arranged': 'Dose arranged', 'patient-declined': 'Patient declined',
    'not-reachable': 'Not reachable', 'route-decided': 'Route decided', other: 'Other',
  },
  sex: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Not recorded' },
  allergen: {
    ...substance, cobalamin: 'Cobalamins (all)', cobalt: 'Cobalt', other: 'Other, see the note',
  } satisfies Record<Allergen, string>,
  malabsorption: {
    'post-bariatric': 'After bariatric surgery', 'inflammatory-bowel-disease': 'Inflammatory bowel disease', 'pancreatic-insufficiency': 'Pancreatic insufficiency', other: 'Other',
  } satisfies Record<Malabsorption, string>,
  riskGroup: {
    'ileal-resection-or-crohns': 'Ileal resection or Crohn’s', 'no-animal-products': 'No animal products', 'long-term-metformin': 'Long-term metformin', 'pregnancy-or-lactation': 'Pregnancy or lactation',
  } satisfies Record<RiskGroup, string>,
  level: { emergency: 'Emergency', urgent: 'Urgent', 'suspected-injury': 'Suspected injury', benign: 'Benign' },
  severityLevel: { mild: 'Mild', 'moderate-severe': 'Moderate to severe', undetermined: 'Severity not yet clear' },
  mechanism: { 'direct-trauma': 'Direct injury', inflammatory: 'Inflammatory', undetermined: 'Mechanism not yet clear' },
  nerve: { sciatic: 'Sciatic nerve', radial: 'Radial nerve', axillary: 'Axillary nerve', 'lateral-femoral-cutaneous': 'Lateral femoral cutaneous nerve', femoral: 'Femoral nerve' } satisfies Record<Nerve, string>,
  onset: { 'seconds-to-minutes': 'Seconds to minutes', hours: 'Hours', days: 'Days' },
  distribution: { localized: 'Localized', dermatomal: 'Along a nerve', diffuse: 'Diffuse' },
  motor: { none: 'No weakness', weakness: 'Weakness', 'foot-or-wrist-drop': 'Foot or wrist drop' },
  eventCourse: { improving: 'Improving', stable: 'Stable', worsening: 'Worsening', resolved: 'Resolved' },
  siteFinding: { swelling: 'Swelling', erythema: 'Redness', warmth: 'Warmth', mass: 'Palpable mass' },
  eventOutcome: { ongoing: 'Ongoing', recovering: 'Recovering', resolved: 'Resolved', 'resolved-with-sequelae': 'Resolved with sequelae', fatal: 'Fatal', unknown: 'Unknown' },
  causality: { certain: 'Certain', probable: 'Probable', possible: 'Possible', unlikely: 'Unlikely', conditional: 'Conditional', unassessable: 'Cannot be assessed' },
  ctcae: {
    paresthesia: 'Paresthesia', 'peripheral-sensory-neuropathy': 'Peripheral sensory neuropathy', 'peripheral-motor-neuropathy': 'Peripheral motor neuropathy',
    'injection-site-reaction': 'Injection site reaction',
  },
  advice: {
    'AE-WARM': 'Warm compresses at the site.', 'AE-PAIN': 'Consider gabapentin or pregabalin while waiting for the specialist.',
    'AE-EXAM': 'Examine: foot dorsiflexion and plantarflexion (sciatic), wrist and finger extension (radial); MRC 0–5, sensory map, pain 0–10.',
    'NI-BLOCK': 'Sciatic injury: a transsacral block with methylprednisolone may be considered in the first weeks (one small series).',
  },
  routeDecision: { oral: 'Oral replacement', 'continue-im': 'Continue IM elsewhere', stop: 'Stop' },
  endReason: {
    'levels-normal': 'Levels are normal', 'levels-normalized': 'Levels are normal', 'symptoms-improved': 'Symptoms improved', 'moved-away': 'Moved away', declined: 'Patient declines',
    'patient-wish': 'Patient’s wish', 'switched-route': 'Changed to another route', 'switched-to-oral': 'Changed to oral', 'replaced-by-another-course': 'Replaced by another course',
    'adverse-event': 'Adverse event', died: 'Patient died', deceased: 'Patient died', other: 'Other',
  },
  restrictionReason: { 'nerve-injury': 'suspected nerve injury' },
  lotStatus: { usable: 'Usable', 'on-hold': 'On hold', recalled: 'Recalled' },
  missing: {
    ...analyte, cause: 'the cause', 'b12-dose': 'a B12 dose', 'route-decision': 'the route decision', 'b12-replacement': 'a B12 replacement', ...assessment,
    examination: 'an examination', 'electrodiagnostic-study': 'a nerve conduction study', referral: 'a referral', dose: 'the dose',
  },
  /** Names of the facts a rule saw, for the explanation of an alert. */
  fact: {
    stage: 'Phase', regimen: 'Regimen', lastDoseOn: 'Last dose', firstDoseOn: 'First dose', firstDoseAt: 'First dose', dueOn: 'Due', maintenanceMonths: 'Months between doses', months: 'Months since the first dose',
    windowFrom: 'Results count from', windowUntil: 'Results count until', analytes: 'Results wanted', onsetAt: 'Onset', site: 'Site', level: 'Triage', severity: 'Severity', motorDeficit: 'Motor deficit',
    suspectedNerves: 'Nerves at risk', missingAnswers: 'Not answered', since: 'Since', decision: 'Decision', routeDecisionHours: 'Hours to decide', nextDoseDueOn: 'Next dose was due',
    holdGapDays: 'Days without replacement', homocysteineMicromolesPerL: 'Homocysteine (µmol/L)', homocysteineTargetMicromolesPerL: 'Target (µmol/L)', collectedOn: 'Collected', givenAt: 'Given',
    substance: 'Substance', stopRuleIds: 'Stopped by', folicAcidMgPerDay: 'Folic acid (mg a day)', folicAcidLimitMgPerDay: 'Limit (mg a day)', cause: 'Cause',
  },
};
