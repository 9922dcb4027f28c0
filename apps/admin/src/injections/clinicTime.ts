/** Points in time as a date-and-time field shows them, in the clinic's zone; and what the server's clock says by now. */
import { useQueryClient } from '@tanstack/react-query';
import type { Instant, TimeZone } from '@vastus/clinical';
import { useCallback, useEffect, useState } from 'react';
import { SESSION_KEY } from '../api/authProvider.js';
import { useSession } from '../session/useSession.js';

/** `2026-11-20T18:15`, for `<input type="datetime-local">`. */
export function toLocal(instant: Instant, zone: TimeZone): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant a clock in the zone showed that time; `null` while the field is incomplete.
 * Read as UTC first and shifted by what the zone shows; twice, because the shift itself may cross a change of clocks.
 */
export function fromLocal(local: string, zone: TimeZone): Instant | null {
  const wanted = Date.parse(`${local}:00.000Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) || Number.isNaN(wanted)) return null;
  let at = wanted;
  for (let i = 0; i < 2; i += 1) at += wanted - Date.parse(`${toLocal(new Date(at).toISOString(), zone)}:00.000Z`);
  return new Date(at).toISOString();
}

/** The server's time by now: its last word plus the time gone by here. It can only lag behind, never lead. */
export function useServerNow(): () => Instant {
  const queryClient = useQueryClient();
  const { now } = useSession();
  return useCallback(() => {
    const heardAt = queryClient.getQueryState(SESSION_KEY)?.dataUpdatedAt ?? 0;
    const gone = heardAt === 0 ? 0 : Math.max(0, Date.now() - heardAt);
    return new Date(Date.parse(now) + gone).toISOString();
  }, [queryClient, now]);
}

/** The server's time, moving on while the page is open. */
export function useTicking(serverNow: () => Instant, everyMs = 30_000): Instant {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [serverNow, everyMs]);
  return now;
}
