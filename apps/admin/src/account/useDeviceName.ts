import Bowser from 'bowser';
import { useTranslate } from 'react-admin';

/** A browser and its system by name, from what it says of itself. */
export function useDeviceName() {
  const translate = useTranslate();
  return (device: string | null): string => {
    const { browser, os } = device ? Bowser.parse(device) : { browser: {}, os: {} };
    if (browser.name && os.name) return translate('account.sessions.device_on', { browser: browser.name, system: os.name });
    return browser.name ?? translate('account.sessions.unknown');
  };
}
