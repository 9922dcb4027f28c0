import type { AccountChange } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';

/** What happened to one's account, as a sentence with its time. */
export function useChangeWords() {
  const translate = useTranslate();
  const format = useFormat();
  return ({ what, at, role, keyName, byOther, address }: AccountChange): string => {
    const key = `account.changes.what.${what.replace('.', '-')}`;
    const said = translate(key, { role: role ? translate(`app.role.${role}`) : '', name: keyName ?? '' });
    const more = [byOther ? translate('account.changes.byOther') : null, address ? translate('account.changes.from', { address }) : null];
    return [said, format.instant(at), ...more].filter(Boolean).join(' · ');
  };
}
