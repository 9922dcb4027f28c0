import type { search as English } from '../en/search.js';

export const search: typeof English = {
  open: 'Patienten und Aktionen suchen',
  title: 'Patienten und Aktionen suchen',
  keys: 'Strg K',
  placeholder: 'Name, Patientennummer, Geburtsdatum – oder was Sie tun möchten',
  deedOf: 'Was möchten Sie tun?',
  none: 'Nichts gefunden',
  drop: 'Andere Person als %{name} wählen',
  hint: '↑ ↓ wählen, Eingabe öffnet, Esc schließt',
  hintPatient: 'Eingabe öffnet die Akte, Rücktaste führt zur Suche zurück',
  group: { patients: 'Patienten', patient: 'Mit dieser Person', do: 'Aktionen', go: 'Seiten' },
  deed: {
    chart: 'Akte öffnen',
    log: 'Injektion erfassen',
    event: 'Ereignis melden',
    result: 'Laborwert eingeben',
    register: 'Patient aufnehmen',
    receive: 'Charge annehmen',
    import: 'Daten importieren',
    draft: 'Protokollversion entwerfen',
    course: 'Therapie beginnen',
    edit: 'Stammdaten bearbeiten',
    restrict: 'Stellen sperren',
    home: 'Selbstinjektion zu Hause',
  },
};
