/** Single keys for the queue: they speak of the alert that has the focus. */
import type { AlertRow } from '@vastus/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AlertAction } from './useAlertActions.js';

interface QueueKeys {
  /** WCAG 2.1.4: whoever speaks to the computer types letters, too, and switches them off. */
  enabled: boolean;
  onAct: (action: AlertAction, alert: AlertRow) => void;
  onWhy: (alert: AlertRow) => void;
  onOpen: (alert: AlertRow) => void;
  onChoose: (alert: AlertRow) => void;
  onUndo: () => void;
  onHelp: () => void;
}

const ACTS: Readonly<Record<string, AlertAction>> = { a: 'acknowledge', s: 'snooze', r: 'resolve', d: 'dismiss' };
/** All of them, in the order they are explained in. */
export const QUEUE_KEYS = ['j', 'k', 'a', 's', 'r', 'd', 'u', 'x', 'w', 'o', '?'] as const;

export function useQueueKeys(alerts: readonly AlertRow[], keys: QueueKeys) {
  const items = useRef(new Map<string, HTMLDivElement>());
  const [chosen, setCurrent] = useState<string | null>(null);
  /** Set when the focused alert was written: the focus goes on to whatever stands there next. */
  const moveTo = useRef<number | null>(null);
  const current = alerts.some(({ id }) => id === chosen) ? chosen : (alerts[0]?.id ?? null);

  const focus = useCallback((alert: AlertRow | undefined) => {
    if (!alert) return;
    setCurrent(alert.id);
    items.current.get(alert.id)?.focus();
    items.current.get(alert.id)?.scrollIntoView({ block: 'nearest' });
  }, []);

  useEffect(() => {
    if (moveTo.current === null || alerts.length === 0) return;
    focus(alerts[Math.min(moveTo.current, alerts.length - 1)]);
    moveTo.current = null;
  }, [alerts, focus]);

  const latest = useRef({ alerts, keys, current });
  latest.current = { alerts, keys, current };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { alerts: all, keys: now, current: at } = latest.current;
      if (!now.enabled || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isOurs(event.target)) return;
      if (event.key === '?' || event.key === 'u') {
        event.preventDefault();
        return event.key === '?' ? now.onHelp() : now.onUndo();
      }
      const index = all.findIndex(({ id }) => id === at);
      const alert = all[index];
      if (!alert) return;
      const focused = items.current.get(alert.id)?.contains(document.activeElement) ?? false;
      if (event.key === 'j' || event.key === 'k') focus(focused ? all[index + (event.key === 'j' ? 1 : -1)] : alert);
      else if (!focused) return;
      else if (event.key in ACTS) now.onAct(ACTS[event.key]!, alert);
      else if (event.key === 'w') now.onWhy(alert);
      else if (event.key === 'o') now.onOpen(alert);
      else if (event.key === 'x') now.onChoose(alert);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [focus]);

  return {
    current,
    setCurrent,
    moveOn: (alertId: string) => {
      const index = alerts.findIndex(({ id }) => id === alertId);
      if (index >= 0 && alertId === current) moveTo.current = index;
    },
    refFor: (alertId: string) => (element: HTMLDivElement | null) => {
      if (element) items.current.set(alertId, element);
      else items.current.delete(alertId);
    },
  };
}

/** Letters typed into a field, a menu or a dialog are letters. */
function isOurs(target: EventTarget | null): boolean {
  return (
    !(target instanceof Element) ||
    !target.closest(
      'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox], [role=combobox]',
    )
  );
}
