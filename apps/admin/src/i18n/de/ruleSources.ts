/** Where the sources disagree, where the rules speak, and what the sources are. */
import type { ruleTexts as English } from '../en/ruleTexts.js';

export const ruleSources: Pick<typeof English, 'conflict' | 'place' | 'document' | 'hazard'> = {
  conflict: {
    'gluteal-sites': {
      topic: 'Gesäß oder nicht',
      position: {
        S0: 'Zieht Stellen am Rumpf, darunter das Gesäß, den Extremitäten vor.',
        S1: 'Will gluteale Injektionen vermeiden, ventrogluteal nur, wenn es nicht anders geht.',
      },
      decision:
        'Ventrogluteal steht an erster Stelle, weil beide es gelten lassen; dorsogluteal wird abgelehnt, Extremitäten sind möglich.',
    },
    'subcutaneous-habits': {
      topic: 'Bauch, 4-mm-Kanüle, Aspiration',
      position: {
        S0: 'Führt sie für i.m.-Injektionen auf, obwohl sie zur subkutanen Technik gehören und die Aspiration nicht einhellig empfohlen wird.',
      },
      decision: 'Sie werden erfasst, wo sie vorkommen, und für eine i.m.-Injektion nie verlangt.',
    },
    'stop-or-continue': {
      topic: 'i.m. nach einer Schädigung stoppen oder B12 nie absetzen',
      position: {
        S0: 'Stoppt i.m.-Injektionen sofort und endgültig.',
        S3: 'Verbietet das Absetzen und verlangt i.m. während der Aufsättigung bei Neuropathie.',
        S4: 'Die Behandlung ist lebenslang; ein Ende führt zu irreversiblen Schäden.',
      },
      decision:
        'i.m. wird sofort pausiert; die Entscheidung zur Weiterbehandlung und die Überwachung der Lücke sorgen dafür, dass mit dem Weg nie die Behandlung endet.',
    },
    'electrodiagnosis-timing': {
      topic: 'EMG nach 48 Stunden oder nach 60 Tagen',
      position: {
        S0: 'Nervenleitmessung und EMG, wenn Beschwerden länger als 48 Stunden anhalten.',
        S1: 'Messungen nach mehr als 60 Tagen; frühere können fälschlich beruhigen.',
      },
      decision: 'Beides bleibt: Nach 48 Stunden wird überwiesen, an Tag 60 folgt die Messung, die zählt.',
    },
    'maintenance-interval': {
      topic: 'Erhaltung alle ein, zwei oder drei Monate',
      position: { S3: 'Alle zwei Monate; monatlich ist möglich.', S4: 'Alle zwei bis drei Monate.' },
      decision: 'Zwei Monate als Vorgabe, für jede Therapie wählbar.',
    },
    'monitoring-interval': {
      topic: 'Kontrollen nach 3, 6 und 12 Monaten oder alle drei Monate',
      position: { S3: 'Nach 3, 6 und 12 Monaten, dann jährlich.', S4: 'Alle drei Monate bis stabil, dann jährlich.' },
      decision: '3, 6 und 12 Monate als Vorgabe; alle drei Monate ist ein anderer Plan einer Therapie.',
    },
    'oral-equivalence': {
      topic: 'Oral so gut wie i.m.',
      position: { S0: 'Bei den meisten Mangelzuständen gleich wirksam.', S3: 'Nicht während der Aufsättigung bei Neuropathie.' },
      decision: 'Orales B12 wird während der Aufsättigung mit neurologischer Beteiligung abgelehnt und ist sonst möglich.',
    },
  },
  place: {
    'injection-check': 'Bevor eine Injektion erfasst wird und während das Formular ausgefüllt wird',
    'after-injection': 'Nach einer Injektion',
    'injection-record': 'Feld der erfassten Injektion',
    'site-advice': 'Körperbild und Empfehlung der Stellen',
    'start-of-course': 'Wenn eine Therapie begonnen wird',
    'course-schedule': 'Zeitplan einer Therapie',
    decisions: 'Bevor eine Entscheidung erfasst wird',
    triage: 'Triage eines unerwünschten Ereignisses',
    hold: 'i.m.-Pause und gesperrte Stellen',
    obligations: 'Termine und Meldungen',
    recording: 'Wenn eine Dosis trotz Stopp erfasst wird',
    chart: 'Patientenakte',
    'self-injection': 'Programm der Selbstinjektion',
  },
  document: {
    S0: 'Wie wird Taubheit nach intramuskulären Vitamininjektionen behandelt?',
    S1: 'Kann Taubheit nach einer i.m.-Injektion gutartig sein?',
    S2: 'Behandlung des schweren Vitamin-B12-Mangels | B12-Injektion i.m.',
    S3: 'Protokoll für intramuskuläres Methylcobalamin bei B12-Mangel mit peripherer Neuropathie',
    S4: 'Behandlung der Vitamin-B12-Neuropathie',
  },
  hazard: {
    'duplicate injection': 'doppelte Injektion',
    'known allergy': 'bekannte Allergie',
    'expired or recalled product': 'abgelaufenes oder zurückgerufenes Präparat',
    'wrong patient, wrong drug, wrong dose': 'falscher Patient, falsches Mittel, falsche Dosis',
    'reaction soon after the dose': 'Reaktion bald nach der Dosis',
    'unrecorded injection': 'nicht erfasste Injektion',
  },
};
