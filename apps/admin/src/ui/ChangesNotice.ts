import type { Changes } from '@vastus/contract';
import { useNotify, useTranslate } from 'react-admin';

const COUNTS = [
  'alertsRaised',
  'alertsClosed',
  'alertsReopened',
  'milestonesAdded',
  'milestonesMoved',
  'milestonesMet',
  'milestonesReopened',
  'milestonesRemoved',
] as const;

/** What a write changed beside the record itself, as short phrases, the most urgent first. */
export function phrasesOf(changes: Changes, translate: (key: string, options?: Record<string, unknown>) => string): string[] {
  const phrases: string[] = [];
  if (changes.holdPlaced) phrases.push(translate('app.changes.holdPlaced'));
  if (changes.holdLifted) phrases.push(translate('app.changes.holdLifted'));
  if (changes.sitesRestricted.length)
    phrases.push(translate('app.changes.sitesRestricted', { smart_count: changes.sitesRestricted.length }));
  if (changes.sitesReleased.length) phrases.push(translate('app.changes.sitesReleased', { smart_count: changes.sitesReleased.length }));
  for (const count of COUNTS) if (changes[count] > 0) phrases.push(translate(`app.changes.${count}`, { smart_count: changes[count] }));
  return phrases;
}

/** Says in a notice that something was recorded and what followed from it. */
export function useChangesNotice() {
  const notify = useNotify();
  const translate = useTranslate();
  return (done: string, changes: Changes | null) => {
    const phrases = changes ? phrasesOf(changes, translate) : [];
    notify([done, phrases.join(', ')].filter(Boolean).join(' – '), {
      type: changes?.holdPlaced ? 'warning' : 'success',
      autoHideDuration: 8000,
      messageArgs: { _: `${done}${phrases.length ? `: ${phrases.join(', ')}.` : ''}` },
    });
  };
}
