import type { connection as English } from '../en/connection.js';

export const connection: typeof English = {
  lost: 'Keine Verbindung zum Server.',
  kept: 'Ihre Eingaben bleiben erhalten.',
  waiting:
    '%{smart_count} Eintrag wird behalten und gesendet, sobald die Verbindung wieder besteht. |||| %{smart_count} Einträge werden behalten und gesendet, sobald die Verbindung wieder besteht.',
  stop: 'Nicht senden',
  delivered:
    'Verbindung wieder da: %{smart_count} Eintrag wurde gesendet. |||| Verbindung wieder da: %{smart_count} Einträge wurden gesendet.',
  refused: 'Ein ohne Verbindung gemachter Eintrag wurde abgelehnt. Sehen Sie ihn noch einmal an, bevor Sie die Seite verlassen.',
  leave: {
    language: 'Bitte zuerst das Formular absenden oder verlassen: Eine andere Sprache würde es leeren.',
    title: 'Ohne Speichern verlassen?',
    text: 'Ihre Eingaben auf dieser Seite wurden nicht gesendet und gingen verloren.',
    stay: 'Bleiben',
    go: 'Verlassen',
  },
  version: { ready: 'Eine neue Version von Vastus ist bereit. Beenden Sie erst, was Sie gerade tun.', start: 'Jetzt neu laden' },
};
