/** Opens a page as the application does, with an API that answers what the test says. Only HTTP is pretended. */

import { QueryClient } from '@tanstack/react-query';
import { configure, render } from '@testing-library/react';
import type { Role } from '@vastus/clinical';
import { permissionsOf, type RouteShape, type Session } from '@vastus/contract';
import { type ReactElement, useEffect } from 'react';
import { AdminContext, memoryStore, Notification } from 'react-admin';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router-dom';
import { dataProvider } from '../api/dataProvider.js';
import { en } from '../i18n/en/index.js';
import { createI18nProvider } from '../i18n/i18nProvider.js';
import { SessionProvider } from '../session/SessionProvider.js';
import { darkTheme, lightTheme } from '../theme/theme.js';

// Other suites share the machine: a second is not always enough.
configure({ asyncUtilTimeout: 15_000 });

export interface Asked {
  route: string;
  path: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

type Reply = unknown | ((asked: Asked) => unknown);

/** An answer other than success. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly problem: Record<string, unknown>,
  ) {}
}

export const NOW = '2026-11-20T10:00:00.000Z';
export const TODAY = '2026-11-20';
/** Ids that look like ids and can be told apart. */
export const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export function sessionOf(role: Role): Session {
  return {
    staff: { membershipId: id(900), name: 'Nora Nurse', email: 'nora@example.org', role },
    clinic: { id: id(901), name: 'Test clinic', timeZone: 'Europe/Berlin', isDemo: true },
    otherClinics: [],
    permissions: permissionsOf(role),
    today: TODAY,
    now: NOW,
    testClock: false,
  };
}

const i18nProvider = createI18nProvider('en', en);

interface Opening {
  role?: Role;
  url?: string;
  /** Path pattern of the page, when it reads parameters. */
  path?: string;
  /** By `METHOD /path/:as/declared`. */
  api: Record<string, Reply>;
}

/** Renders the page; the answer tells what was asked of the API and where the person is. */
export function open(page: ReactElement, { role = 'nurse', url = '/', path = '*', api }: Opening) {
  const asked: Asked[] = [];
  const session = sessionOf(role);
  const replies: Record<string, Reply> = { 'GET /session': session, ...api };
  globalThis.fetch = (async (input: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(input, 'http://localhost');
    const route = Object.keys(replies).find((name) => matches(name, init.method ?? 'GET', pathname.replace(/^\/api/, '')));
    const entry: Asked = {
      route: route ?? `${init.method} ${pathname}`,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: init.body ? JSON.parse(String(init.body)) : {},
      headers: (init.headers ?? {}) as Record<string, string>,
    };
    asked.push(entry);
    if (route === undefined) return answer(404, { code: 'not-found', status: 404, title: `nothing answers ${entry.route}` });
    const reply = replies[route];
    const value = await (typeof reply === 'function' ? reply(entry) : reply);
    return value instanceof Refusal ? answer(value.status, { status: value.status, ...value.problem }) : answer(200, value);
  }) as typeof fetch;

  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queryClient.setQueryData(['session'], session);
  let where = url;
  const view = render(
    <MemoryRouter initialEntries={[url]}>
      <AdminContext
        dataProvider={dataProvider}
        i18nProvider={i18nProvider}
        queryClient={queryClient}
        store={memoryStore()}
        theme={lightTheme}
        darkTheme={darkTheme}
      >
        <Where
          onMove={(address) => {
            where = address;
          }}
        />
        <Notification />
        <SessionProvider>
          <Routes>
            <Route path={path} element={page} />
            <Route path="*" element={null} />
          </Routes>
        </SessionProvider>
      </AdminContext>
    </MemoryRouter>,
  );
  return {
    ...view,
    asked: (route: string) => asked.filter((entry) => entry.route === route),
    where: () => where,
    queryClient,
  };
}

function Where({ onMove }: { onMove: (address: string) => void }) {
  const { pathname, search } = useLocation();
  useEffect(() => onMove(pathname + search), [pathname, search, onMove]);
  return null;
}

function matches(name: string, method: string, path: string): boolean {
  const [wantedMethod, pattern] = name.split(' ') as [string, string];
  return wantedMethod === method && new RegExp(`^${pattern.replace(/:[A-Za-z]+/g, '[^/]+')}$`).test(path);
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

export const nameOfRoute = ({ method, path }: Pick<RouteShape, 'method' | 'path'>) => `${method} ${path}`;
