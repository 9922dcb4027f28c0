/** What each rule is called and says in the register. */
import type { RuleId } from '@vastus/clinical';
import type { ruleTexts as English } from '../en/ruleTexts.js';
import { ruleSources } from './ruleSources.js';

const texts: Readonly<Record<RuleId, readonly [title: string, summary: string]>> = {
  'AE-ASSESS': [
    'Jede Taubheit beurteilen',
    'Gefragt wird nach Beginn, Ausbreitung, Motorik, ausstrahlendem Schmerz, Bewusstsein, Verlauf und der Stelle. Was nicht beantwortet wurde, gilt als fehlend und nie als „Nein“.',
  ],
  'AE-SYSTEMIC': [
    'Verdacht auf systemische Reaktion',
    'Bewusstlosigkeit oder diffuse Taubheit ist ein Notfall, zusätzlich zu einer möglichen Nervenschädigung.',
  ],
  'AE-URGENT': [
    'Direkte Nervenschädigung wahrscheinlich',
    'Ein Beginn binnen Minuten mit ausstrahlendem Schmerz oder ein motorisches Defizit zu irgendeiner Zeit muss dringend abgeklärt werden. Eine Verschlechterung bei einer Untersuchung löst die Meldung erneut aus.',
  ],
  'AE-SEVERITY': [
    'Schweregrad der Taubheit',
    'Leicht heißt umschrieben und ohne motorisches Defizit; große Ausbreitung, Schwäche oder Fortbestehen machen sie mittel bis schwer. Ohne die Antworten bleibt der Schweregrad offen.',
  ],
  'AE-BENIGN': [
    'Gutartiger Verlauf wahrscheinlich',
    'Eine leichte, isolierte Taubheit ohne motorische Zeichen, die sich schon in den ersten Stunden bessert, wird beobachtet, bis sie als abgeklungen erfasst ist.',
  ],
  'AE-INFLAMMATORY': [
    'Entzündliche Kompression wahrscheinlich',
    'Beschwerden, die Stunden oder Tage nach der Injektion beginnen, sprechen eher für den Druck entzündeten Gewebes als für die Kanüle.',
  ],
  'AE-MASS': [
    'Hämatom oder Abszess möglich',
    'Schwellung, Überwärmung, Rötung oder Verhärtung an der Stelle: Ultraschall oder MRT erwägen.',
  ],
  'AE-NERVE': [
    'Gefährdeter Nerv',
    'Die Stelle benennt den Nerv: Gesäß – N. ischiadicus; Oberarm – N. radialis, in der Nähe N. axillaris; Oberschenkel – N. cutaneus femoris lateralis oder N. femoralis.',
  ],
  'AE-EXAM': [
    'Gezielte Untersuchung',
    'N. ischiadicus: Fuß heben und senken. N. radialis: Hand und Finger strecken. Kraft 0–5 (MRC), Sensibilität kartieren, Schmerz 0–10.',
  ],
  'AE-WARM': ['Warme Umschläge', 'Bei einem leichten Ereignis kann Wärme an der Stelle die örtliche Entzündung lindern.'],
  'AE-PAIN': [
    'Neuropathischer Schmerz',
    'Bei einem mittleren oder schweren Ereignis kann bis zum Facharzttermin ein Gabapentinoid erwogen werden.',
  ],
  'AE-NODISMISS': [
    'Motorisches Defizit ist nicht gutartig',
    'Ein Ereignis mit Schwäche oder mit Fuß- oder Handheberparese kann nicht als gutartig abgeschlossen werden.',
  ],
  'NI-24H': ['Nachuntersuchung nach 24 Stunden', 'Das sensible Defizit wird erneut kartiert und verglichen: Hat es sich ausgebreitet?'],
  'NI-48H': [
    'Überweisung in die Neurologie nach 48 Stunden',
    'Beschwerden, die 48 Stunden anhalten, gehören in die Neurologie, mit geplanter Elektrodiagnostik; ein mittleres oder schweres Ereignis wird sofort überwiesen.',
  ],
  'NI-2W': [
    'Neurologische Beurteilung nach zwei Wochen',
    'Taubheit, die nach zwei Wochen noch da ist, muss abgeklärt werden. Die Meldung lässt sich erledigen oder ärztlich übergehen, nicht verwerfen.',
  ],
  'NI-4W': [
    'Ende der üblichen Erholung',
    'Leichte Schädigungen sind nach vier Wochen meist abgeheilt; was es nicht ist, wird als fortbestehend neu beurteilt.',
  ],
  'NI-6W': [
    'Bleibende Schädigung möglich',
    'Beschwerden über vier bis sechs Wochen hinaus können bleiben: Vereinbaren Sie einen Plan für die Weiterbetreuung.',
  ],
  'NI-EMG60': [
    'Elektrodiagnostik an Tag 60',
    'Die Messung, die zählt, wird ab Tag 60 gemacht. Eine frühere wird aufbewahrt, kann fälschlich beruhigen und schließt diesen Schritt nicht.',
  ],
  'NI-SURG': [
    'Frist für eine Operation endet nach drei Monaten',
    'Eine Exploration mit Neurolyse hilft nach den Berichten binnen drei Monaten nach der Schädigung: Entscheiden Sie vorher.',
  ],
  'NI-BLOCK': [
    'Transsakrale Blockade',
    'Bei einer Schädigung des N. ischiadicus kann in den ersten Wochen eine Blockade mit Methylprednisolon erwogen werden; der Beleg ist eine kleine Fallserie.',
  ],
  'HOLD-IM': [
    'i.m.-Injektionen pausiert',
    'Der Verdacht auf eine Nervenschädigung pausiert i.m.-Vitamininjektionen sofort, bis ärztlich entschieden ist, sie fortzusetzen.',
  ],
  'HOLD-LIMB': [
    'Betroffene Extremität gesperrt',
    'In die Extremität mit Verdacht auf Schädigung wird nicht mehr i.m. injiziert, auch nach der Pause nicht. Eine von Hand eingetragene Sperre wirkt ebenso.',
  ],
  'HOLD-DECIDE': [
    'Entscheidung zur Weiterbehandlung fällig',
    'Ärztlich wird entschieden, wie es mit B12 weitergeht: oral, mit Begründung anderswo i.m., oder mit Begründung gar nicht.',
  ],
  'HOLD-GAP': [
    'Kein B12 während der Pause',
    'Ist kein Ersatz erfasst, wenn die nächste Dosis fällig gewesen wäre oder einige Tage vergangen sind, geht eine Meldung an den ärztlichen Dienst.',
  ],
  'SITE-RANK': [
    'Rang der Stellen',
    'Zuerst ventrogluteal, dann der anterolaterale Oberschenkel, der Deltoideus für kleine Volumina, der Rectus femoris zur Selbstinjektion; dorsogluteal wird gemieden.',
  ],
  'SITE-DG': [
    'Dorsogluteale Stelle abgelehnt',
    'Der obere äußere Gesäßquadrant liegt über dem N. ischiadicus; es gibt immer eine andere Stelle.',
  ],
  'SITE-ROTATE': [
    'Stelle wechseln',
    'Die Stelle der vorigen Dosis oder eine der letzten Tage macht der am längsten geruhten erlaubten Stelle Platz.',
  ],
  'SITE-SKIN': ['Haut nicht intakt', 'Eine Stelle mit Infektion, Ausschlag, Narbe oder Schwellung wird nicht angeboten.'],
  'TECH-ASPIRATE': ['Aspiration erfasst', 'Ob aspiriert wurde, wird erfasst, nicht verlangt.'],
  'TECH-NEEDLE': ['Kanüle erfasst', 'Stärke und Länge der Kanüle werden erfasst.'],
  'TECH-SC': [
    'Applikationsweg des Präparats',
    'Eine Dosis wird auf einem Weg gegeben, den ihr Präparat erlaubt. Bauch und Pen-Kanüle gehören zur subkutanen Technik und sind keine i.m.-Stelle; eine i.m.-Dosis nennt ihre Stelle.',
  ],
  'DX-START': ['Beginn auf Verdacht', 'Eine Therapie wartet nie auf eine Bestätigung durch das Labor.'],
  'DX-SEVERE': [
    'Schwerer Mangel ist ein Bild',
    'Beschwerden, neurologische Zeichen, Blutbild und Malabsorption zählen neben dem B12-Wert; die neurologische Beteiligung bestimmt das Schema.',
  ],
  'DX-CAUSE': [
    'Ursache noch offen',
    'Eine Therapie ohne bekannte Ursache bleibt mit niedriger Dringlichkeit auf der Liste, bis die Ursache erfasst ist.',
  ],
  'DX-3MO': [
    'Risiko bleibender Schäden',
    'Beschwerden, die länger als drei Monate vor der Behandlung bestanden, können bleibende Schäden hinterlassen.',
  ],
  'RX-LOAD-NEURO': [
    'Aufsättigung jeden zweiten Tag',
    'Bei neurologischer Beteiligung eine Dosis jeden zweiten Tag, bis klinisch festgestellt ist, dass keine Besserung mehr eintritt; keine Anzahl beendet sie.',
  ],
  'RX-LOAD-NEURO-ALT': [
    'Aufsättigung dreimal pro Woche, neurologisch',
    'Die Alternative bei neurologischer Beteiligung: drei Dosen pro Woche für zwei Wochen.',
  ],
  'RX-LOAD-PLAIN': ['Aufsättigung dreimal pro Woche', 'Ohne neurologische Beteiligung: drei Dosen pro Woche für zwei Wochen.'],
  'RX-METHYL': [
    'Methylcobalamin dreimal pro Woche',
    'Die Möglichkeit mit Methylcobalamin: 500 µg dreimal pro Woche, was besser wirkte als eine große wöchentliche Dosis.',
  ],
  'RX-MAINT': [
    'Erhaltung, lebenslang',
    'Als Vorgabe eine Dosis alle zwei Monate; für eine Therapie sind auch ein und drei Monate wählbar.',
  ],
  'RX-LIFELONG': [
    'Besserung ist kein Grund aufzuhören',
    'Eine B12-Therapie zu beenden, weil Werte normal oder Beschwerden besser sind, wird abgelehnt: Die Ursache besteht fort.',
  ],
  'RX-OVERDUE': [
    'Dosis überfällig',
    'Eine überfällige Dosis wird der Pflege gemeldet, eine lange überfällige Erhaltungsdosis wegen der Rückfallgefahr dem ärztlichen Dienst.',
  ],
  'RX-EARLY': [
    'Dosis zu früh',
    'Eine Dosis vor der Hälfte des Abstands zur vorigen oder zu nah an der folgenden wird erst bestätigt: Sie könnte doppelt sein.',
  ],
  'RX-COURSE': [
    'Dosis passt nicht zur Therapie',
    'Eine Dosis gehört zu einem lebenden Patienten und einer laufenden Therapie; auf eine andere Substanz oder Menge als in der Therapie wird hingewiesen.',
  ],
  'RX-RENAL': [
    'Kein Cyanocobalamin bei eingeschränkter Nierenfunktion',
    'Bei bekannt eingeschränkter Nierenfunktion oder niedriger eGFR wird stattdessen Hydroxocobalamin oder Methylcobalamin vorgeschlagen; eine laufende Therapie geht an den ärztlichen Dienst.',
  ],
  'RX-ORAL-NEURO': [
    'Kein orales B12 während der Aufsättigung bei Neuropathie',
    'Während eine Therapie mit neurologischer Beteiligung aufsättigt, ersetzt orales B12 die Injektionen nicht.',
  ],
  'RX-FOLATE': [
    'Keine Folsäure vor B12',
    'Mehr als Spuren von Folsäure vor dem ersten B12 können die Anämie bessern und den Schaden am Rückenmark verdecken.',
  ],
  'RX-VITD': [
    'Vitamin D i.m. nur bei Malabsorption',
    'Vorbehalten nach bariatrischer Operation, bei chronisch-entzündlicher Darmerkrankung und Pankreasinsuffizienz; sonst wird orales D3 angeboten.',
  ],
  'RX-VITA': ['Vitamin A besser oral', 'Orales Retinylpalmitat wirkt ebenso gut; die Injektion schmerzt.'],
  'RX-ALLERGY': [
    'Erfasste Allergie',
    'Eine Allergie gegen die Substanz, Kobalt oder Cobalamine verhindert die Dosis; auf eine gegen ein anderes Cobalamin wird hingewiesen.',
  ],
  'RX-EXPIRED': [
    'Charge nicht verwendbar',
    'Eine abgelaufene, zurückgerufene oder gesperrte Charge wird abgelehnt. Das aufgedruckte Datum ist der letzte Tag der Verwendung.',
  ],
  'RX-OBSERVE': [
    'Nach der Dosis beobachten',
    'Nach der Injektion bleibt der Patient eine Weile in Sichtweite; die Zeit zählt ab der Dosis, und eine Reaktion wird von dort gemeldet.',
  ],
  'REC-TRUTH': [
    'Trotz Stopp gegeben',
    'Eine schon gegebene Dosis wird immer erfasst, mit den Regeln, die sie abgelehnt haben, und sofort ärztlich gemeldet.',
  ],
  'MON-BASE': [
    'Ausgangswerte',
    'Hämatokrit, Retikulozyten, B12, Folat und Ferritin gehören an den Anfang; fehlen sie, werden sie angefordert, und die Dosis wird trotzdem gegeben.',
  ],
  'MON-K48': [
    'Kalium in den ersten 48 Stunden',
    'Ein Kaliumwert ist binnen 48 Stunden nach der ersten Dosis fällig; ein niedriger ist dringend.',
  ],
  'MON-RETIC': [
    'Hämatokrit und Retikulozyten',
    'Bei Anämie zu Beginn: täglich an den Tagen 5 bis 7, dann wöchentlich, bis der Hämatokrit normal ist.',
  ],
  'MON-3-6-12': [
    'B12, Homocystein und MMA nach 3, 6 und 12 Monaten',
    'Gezählt ab der ersten Dosis; jede Kontrolle öffnet einige Tage früher, damit das Blut rechtzeitig abgenommen wird.',
  ],
  'MON-ANNUAL': ['B12 und Homocystein jedes Jahr', 'Nach dem ersten Jahr eine Kontrolle im Jahr, am Jahrestag der ersten Dosis.'],
  'MON-Q3': ['B12 und Homocystein alle drei Monate', 'Der andere Plan: im ersten Jahr alle drei Monate, dann jährlich.'],
  'MON-SATISFY': [
    'Was eine Kontrolle erfüllt',
    'Werte, die im Zeitfenster abgenommen wurden, erfüllen sie; sie nennt, was fehlt, und ist überfällig, sobald das Fenster vorüber ist.',
  ],
  'MON-HCY': [
    'Homocystein nicht im Zielbereich',
    'Homocystein auf oder über dem Ziel bei einer Kontrolle wird ärztlich gemeldet, bis ein späterer Wert darunter liegt.',
  ],
  'MON-NORESP': [
    'Kein Ansprechen auf die Behandlung',
    'Nach drei Monaten ist B12 nicht gestiegen oder Methylmalonsäure noch hoch: Diagnose, Aufnahme, Therapietreue, Applikationsweg und Präparat überprüfen.',
  ],
  'MON-NEURO': [
    'Neurologischer Ausgangsbefund bei jedem Besuch',
    'Schmerz, Sensibilität und Kraft werden mit jeder Injektion erfasst; ohne sie wird die Dosis angenommen und nach ihnen gefragt.',
  ],
  'MON-RELAPSE': ['Rückfall', 'Nehmen die Beschwerden nach der Stabilisierung zu, wird es ärztlich gemeldet.'],
  'MON-TIMELINE': [
    'Erwartete Erholung',
    'Erste Veränderungen nach Tagen bis Wochen, volle Erholung bis drei Monate möglich, bei axonalem Schaden sechs bis zwölf Monate.',
  ],
  'MON-RULEOUT': [
    'Andere Ursachen der Neuropathie',
    'Diabetes, Schilddrüse, Niere, HIV, Hepatitis, Paraprotein, Medikamente, Thiamin und B6 werden abgehakt.',
  ],
  'MON-RISK': [
    'Risikogruppen',
    'Ileumresektion oder Morbus Crohn, keine tierischen Produkte, Metformin auf Dauer, Schwangerschaft oder Stillzeit.',
  ],
  'PAIN-PLAN': ['Schmerztherapie', 'Die symptomatische Behandlung wird mit ihrer Dosis neben den Bereichen der Quellen erfasst.'],
  'SELF-ELIG': [
    'Eignung zur Selbstinjektion',
    'Angst vor Nadeln, Tremor, keine sterile Technik oder Entsorgung, rasches Fortschreiten oder eine Hautkrankheit an der Stelle verhindern jeweils die Freigabe.',
  ],
  'SELF-STABLE': [
    'Selbstinjektion nach Stabilisierung',
    'Ursache, Dosierungsplan, Laborplan, Warnzeichen und geplante Dauer werden vorher festgehalten.',
  ],
  'SELF-TRAIN': [
    'Schulung zur Selbstinjektion',
    'Die Schulung wird Punkt für Punkt erfasst, und die erste Selbstinjektion wird beobachtet.',
  ],
  'SELF-LOG': ['Dosen zu Hause zählen', 'Dosen zu Hause werden als vom Patienten gemeldet erfasst und zählen für den Plan.'],
  'SELF-STOP': ['Selbstinjektion ausgesetzt', 'Ein unerwünschtes Ereignis oder eine abgelaufene Schulung setzt die Freigabe aus.'],
};

const part = (which: 0 | 1) =>
  Object.fromEntries(Object.entries(texts).map(([rule, text]) => [rule, text[which]])) as Record<RuleId, string>;

export const ruleTexts: typeof English = { title: part(0), summary: part(1), ...ruleSources };
