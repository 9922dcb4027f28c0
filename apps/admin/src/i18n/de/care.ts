import type * as English from '../en/care.js';

export const careFinding: typeof English.careFinding = {
  'self-exclusion-present': 'Nicht geeignet zur Selbstinjektion: %{exclusions}.',
  'self-eligibility-unanswered': 'Noch zu fragen: %{unanswered}.',
  'self-not-stabilized': 'Noch in der Aufsättigung: Selbstinjektion erst nach Stabilisierung.',
  'self-cause-unknown': 'Bei der Therapie ist die Ursache des Mangels nicht erfasst.',
  'self-plan-incomplete': 'Nicht festgehalten: %{missing}.',
  'self-training-incomplete': 'Nicht geschult: %{missing}.',
  'self-training-out-of-date': 'Die älteste Schulung (%{trainedOn}) galt bis %{validUntil}. Bitte erneut schulen.',
  'self-first-dose-not-observed': 'Die erste Selbstinjektion wurde von der Ambulanz nicht beobachtet.',
  'self-event-unresolved': 'Ein unerwünschtes Ereignis ist noch nicht abgeklungen.',
  'self-injection-not-approved': 'Die Selbstinjektion ist für diese Therapie nicht freigegeben.',
  'self-injection-suspended': 'Die Selbstinjektion ist ausgesetzt. Eine neue Freigabe ist nötig.',
  'pain-dose-in-range': 'Im Bereich der Quellen (%{low}–%{high} %{unit}).',
  'pain-dose-below-range': 'Unter dem Bereich der Quellen (%{low}–%{high} %{unit}), wie zu Beginn einer Titration.',
  'pain-dose-above-range': 'Über dem Bereich der Quellen (%{low}–%{high} %{unit}).',
  'pain-dose-without-range': 'Die Quellen nennen für dieses Mittel keine Dosis.',
  'pain-dose-missing': 'Keine Dosis erfasst.',
  'pain-drug-not-first-line': 'Eine Alternative; in den Quellen kommen Pregabalin und Duloxetin zuerst.',
};

export const ruleOutWords: typeof English.ruleOutWords = {
  diabetes: 'Diabetes (Glukose, HbA1c)',
  thyroid: 'Schilddrüse (TSH)',
  'renal-function': 'Nierenfunktion',
  hiv: 'HIV',
  'hepatitis-b-c': 'Hepatitis B und C',
  'protein-electrophoresis': 'Eiweißelektrophorese',
  'neurotoxic-drugs': 'Neurotoxische Medikamente',
  thiamine: 'Thiamin',
  'vitamin-b6': 'Vitamin B6',
};

/** Every code by itself, for facts inside a sentence. */
export const care: typeof English.care = {
  ...ruleOutWords,
  pregabalin: 'Pregabalin',
  duloxetine: 'Duloxetin',
  gabapentin: 'Gabapentin',
  carbamazepine: 'Carbamazepin',
  valproate: 'Valproat',
  amitriptyline: 'Amitriptylin',
  imipramine: 'Imipramin',
  'capsaicin-topical': 'Capsaicin (lokal)',
  'needle-phobia': 'Angst vor Nadeln',
  'tremor-or-poor-coordination': 'Tremor oder schlechte Koordination',
  'no-sterile-technique': 'Kann nicht steril arbeiten',
  'no-sharps-disposal': 'Kann Kanülen nicht sicher entsorgen',
  'rapid-neurological-progression': 'Nervenbeschwerden nehmen rasch zu',
  'skin-disease-at-site': 'Hautkrankheit oder Infektion an der Stelle',
  'dosing-plan': 'Dosierungsplan',
  'laboratory-plan': 'Laborplan',
  'red-flags': 'Warnzeichen: wann aufhören und anrufen',
  'planned-duration': 'Geplante Dauer',
  'needle-and-site': 'Kanüle und Stelle',
  'depth-and-angle': 'Tiefe und Winkel',
  comfort: 'Schonende Technik',
  'sharps-disposal': 'Entsorgung der Kanülen',
  'recognizing-reactions': 'Reaktionen erkennen',
  'observed-dose': 'Erste Selbstinjektion, beobachtet',
  lowB12: 'Niedriges B12',
  symptoms: 'Beschwerden',
  neurologicalSigns: 'Neurologische Zeichen',
  anemiaOrMacrocytosis: 'Anämie oder Makrozytose',
  malabsorptionRisk: 'Risiko einer Malabsorption',
};

export const selfStop: typeof English.selfStop = {
  'adverse-event': 'nach der Freigabe ein unerwünschtes Ereignis gemeldet wurde',
  'im-hold-active': 'i.m.-Injektionen seit %{since} pausiert sind',
  'training-lapsed': 'die Schulung vom %{trainedOn} nur bis %{validUntil} galt',
  'planned-duration-over': 'sie nur bis %{plannedUntil} geplant war',
  'approval-ended': 'die Freigabe am %{endedAt} zurückgenommen wurde',
  'course-ended': 'die Therapie am %{endedOn} beendet wurde',
  'patient-deceased': 'der Patient am %{deceasedOn} verstorben ist',
};

export const selfState: typeof English.selfState = {
  none: 'Nicht freigegeben',
  approved: 'Freigegeben',
  suspended: 'Ausgesetzt',
  ended: 'Beendet',
};
