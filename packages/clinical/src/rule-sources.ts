import type { Conflict, ConflictId, SourceDocument, SourceFile } from './rule-types.js';

/** The clinical source documents. Three of them say themselves that they await review. */
export const SOURCES: Readonly<Record<SourceFile, SourceDocument>> = {
  S0: {
    file: '000_4f1df0fcd9c85b29.txt',
    title: 'What are the management options for numbness after intramuscular (IM) vitamin injections?',
    reviewStatus: 'pending human review',
  },
  S1: { file: '001_b7db475318338693.txt', title: 'Can Numbness After IM Injection Be Benign?', reviewStatus: 'not stated' },
  S2: { file: '002_56a7694ec6ad9b5c.txt', title: 'Treating Severe Vitamin B12 Deficiency | B12 IM Injection', reviewStatus: 'not stated' },
  S3: {
    file: '003_e840c95abf8b040a.txt',
    title: 'Intramuscular Methylcobalamin Treatment Protocol for B12 Deficiency with Peripheral Neuropathy',
    reviewStatus: 'pending human review',
  },
  S4: { file: '004_f30bc25c80600b55.txt', title: 'Treatment of Vitamin B12 Neuropathy', reviewStatus: 'pending human review' },
};

/** Where the sources disagree, and what the product does. Shown wherever one of the rules speaks. */
export const CONFLICTS: Readonly<Record<ConflictId, Conflict>> = {
  'gluteal-sites': {
    topic: 'Buttock or not',
    positions: [
      { file: 'S0', position: 'Prefers trunk sites, buttocks among them, over limbs.' },
      { file: 'S1', position: 'Wants gluteal injections avoided, ventrogluteal if there is no other way.' },
    ],
    decision: 'Ventrogluteal ranks first because both accept it, dorsogluteal is refused, limbs are acceptable.',
  },
  'subcutaneous-habits': {
    topic: 'Abdomen, 4 mm needle, aspiration',
    positions: [
      {
        file: 'S0',
        position: 'Lists them for IM injections, though they belong to subcutaneous technique, and aspiration is not agreed practice.',
      },
    ],
    decision: 'They are recorded where they happen and never demanded for an IM injection.',
  },
  'stop-or-continue': {
    topic: 'Stop IM after an injury, or never stop B12',
    positions: [
      { file: 'S0', position: 'Stops IM injections at once and for good.' },
      { file: 'S3', position: 'Forbids stopping and demands IM while loading with neuropathy.' },
      { file: 'S4', position: 'Treatment is lifelong; stopping brings irreversible damage.' },
    ],
    decision:
      'IM goes on hold at once; a route decision and a watch over the gap make sure that stopping the route never stops the treatment.',
  },
  'electrodiagnosis-timing': {
    topic: 'EMG at 48 hours or at 60 days',
    positions: [
      { file: 'S0', position: 'Nerve conduction studies and EMG when symptoms last beyond 48 hours.' },
      { file: 'S1', position: 'Studies beyond 60 days; earlier ones may reassure falsely.' },
    ],
    decision: 'Both stay: 48 hours is the referral, day 60 the study that counts.',
  },
  'maintenance-interval': {
    topic: 'Maintenance every one, two or three months',
    positions: [
      { file: 'S3', position: 'Every two months; monthly is acceptable.' },
      { file: 'S4', position: 'Every two to three months.' },
    ],
    decision: 'Two months by default, chosen for each course.',
  },
  'monitoring-interval': {
    topic: 'Monitoring at 3, 6 and 12 months or every three months',
    positions: [
      { file: 'S3', position: 'At 3, 6 and 12 months, then yearly.' },
      { file: 'S4', position: 'Every three months until stable, then yearly.' },
    ],
    decision: '3, 6 and 12 months by default; every three months is an alternative plan of a course.',
  },
  'oral-equivalence': {
    topic: 'Oral as good as IM',
    positions: [
      { file: 'S0', position: 'Equally effective for most deficiencies.' },
      { file: 'S3', position: 'Not while loading with neuropathy.' },
    ],
    decision: 'Oral B12 is refused during loading with neurological involvement, and open otherwise.',
  },
};
