import type { lots as English } from '../en/lots.js';

export const lots: typeof English = {
  title: 'Chargen',
  number: 'Chargennummer',
  numberHelp: 'Wie auf der Ampulle gedruckt',
  product: 'Präparat',
  expires: 'Verwendbar bis',
  expiresHelp: 'Der letzte Tag der Verwendung; bei einem Monat ohne Tag der letzte des Monats',
  status: 'Stand',
  received: 'Angenommen',
  given: 'Gegeben',
  show: 'Welche Chargen',
  all: 'Alle',
  usableOnly: 'Heute verwendbar',
  expired: 'Abgelaufen',
  injections: '%{smart_count} Injektion aus Charge %{number} |||| %{smart_count} Injektionen aus Charge %{number}',
  noneUsable: 'Heute darf keine Charge gegeben werden.',
  noneFound: 'Keine Charge passt zu diesen Filtern.',
  receive: 'Charge annehmen',
  receiveConfirm: 'Annehmen',
  receivedNotice: 'Charge angenommen',
  to: { usable: 'Freigeben', 'on-hold': 'Sperren', recalled: 'Zurückrufen' },
  asking: {
    usable: 'Charge %{number} freigeben?',
    'on-hold': 'Charge %{number} sperren?',
    recalled: 'Charge %{number} zurückrufen?',
  },
  explain: {
    usable: 'Sie darf wieder gegeben werden, solange sie nicht abgelaufen ist.',
    'on-hold': 'Niemand bekommt diese Charge, bis sie freigegeben wird. Schon gegebene Dosen bleiben, wie sie sind.',
    recalled:
      'Niemand bekommt diese Charge mehr. %{smart_count} Injektion wurde daraus gegeben; die Liste der Injektionen zeigt, wer sie bekam. |||| Niemand bekommt diese Charge mehr. %{smart_count} Injektionen wurden daraus gegeben; die Liste der Injektionen zeigt, wer sie bekam.',
  },
};
