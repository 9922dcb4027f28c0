import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ROUTES } from '@vastus/contract';
import { createMemoryRouter, Link, RouterProvider } from 'react-router-dom';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { id, open, sessionOf } from '../testing/screen.js';
import { ConnectionBar } from './ConnectionBar.js';
import { connectionFound } from './connection.js';
import { LeaveGuard } from './LeaveGuard.js';
import { forgetTyped, hasTyped, watchTyping } from './typed.js';

const write = () =>
  call(ROUTES.recordLabResult, { params: { patientId: id(1) }, body: { analyte: 'b12' } as never, idempotencyKey: 'key-1' });

/** An API that is away until told otherwise. */
function away() {
  const network = { there: false, writes: [] as string[], status: 201, body: {} as object };
  open(<ConnectionBar />, { api: {} });
  globalThis.fetch = (async (_: string, init: RequestInit = {}) => {
    if (!network.there) throw new TypeError('Failed to fetch');
    if (init.method !== 'POST') return new Response(JSON.stringify(sessionOf('nurse')), { status: 200 });
    network.writes.push((init.headers as Record<string, string>)['idempotency-key']!);
    return new Response(JSON.stringify(network.body), { status: network.status });
  }) as typeof fetch;
  return network;
}

afterEach(() => act(() => connectionFound()));

describe('without a connection', () => {
  it('says so, keeps a write, and sends it once when the server is back', async () => {
    const network = away();
    const sent = write();
    expect(await screen.findByText(/No connection to the server\. 1 entry is kept/)).toBeInTheDocument();
    network.there = true;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await expect(sent).resolves.toEqual({});
    expect(network.writes).toEqual(['key-1']);
    expect(await screen.findByText(/The connection is back: 1 entry has been sent/)).toBeInTheDocument();
    expect(screen.queryByText(/No connection/)).not.toBeInTheDocument();
  });

  it('a write that is refused afterwards is not lost in silence', async () => {
    const network = away();
    const sent = write().catch((error: unknown) => error);
    await screen.findByText(/1 entry is kept/);
    Object.assign(network, { there: true, status: 409, body: { code: 'state-changed', status: 409 } });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await sent).toMatchObject({ code: 'state-changed' });
    expect(await screen.findByText(/was refused\. Look at it again/)).toBeInTheDocument();
  });

  it('nobody has to wait: the form is given back', async () => {
    away();
    const sent = write().catch((error: unknown) => error);
    await userEvent.click(await screen.findByRole('button', { name: 'Do not send' }));
    expect(await sent).toBeInstanceOf(ApiProblem);
    expect(await screen.findByText(/What you enter stays here/)).toBeInTheDocument();
  });
});

describe('what was typed', () => {
  function pages() {
    const router = createMemoryRouter(
      [
        {
          path: '/',
          element: (
            <>
              <LeaveGuard />
              <input aria-label="Note" />
              <search>
                <input aria-label="Filter" />
              </search>
              <Link to="/other">Elsewhere</Link>
            </>
          ),
        },
        { path: '/other', element: <p>Other page</p> },
      ],
      { initialEntries: ['/'] },
    );
    render(<RouterProvider router={router} />);
  }

  it('is asked about before it is lost; a filter is not', async () => {
    pages();
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter' }), 'x');
    expect(hasTyped()).toBe(false);
    await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'left arm');
    await userEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
    expect(await screen.findByRole('alertdialog')).toBeInTheDocument();
    expect(screen.queryByText('Other page')).not.toBeInTheDocument();
    const leaving = new Event('beforeunload', { cancelable: true });
    fireEvent(window, leaving);
    expect(leaving.defaultPrevented).toBe(true);
    await userEvent.click(screen.getAllByRole('button')[0]!);
    expect(await screen.findByText('Other page')).toBeInTheDocument();
  });

  it('no longer counts once its field is gone or a write has arrived', () => {
    const stop = watchTyping();
    const field = document.body.appendChild(document.createElement('textarea'));
    fireEvent.input(field);
    expect(hasTyped()).toBe(true);
    field.remove();
    expect(hasTyped()).toBe(false);
    document.body.append(field);
    fireEvent.input(field);
    forgetTyped();
    expect(hasTyped()).toBe(false);
    stop();
  });
});
