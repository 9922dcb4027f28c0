import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ROUTES } from '@vastus/contract';
import { useSend } from '../api/queries.js';
import { id, NOW, open } from '../testing/screen.js';
import { AccountNews } from './AccountNews.js';

function Elsewhere() {
  const send = useSend(ROUTES.endOtherSessions);
  return (
    <button type="button" onClick={() => send.mutate({})}>
      Something else is written{send.isSuccess && ', and done'}
    </button>
  );
}

const ASKED = 'GET /account/changes';

it('says once what changed: not asked for again after what else is written, but after it was read', async () => {
  let isNew = true;
  const change = { id: id(1), at: NOW, what: 'password.change', byOther: false, address: null, device: null, role: null, keyName: null };
  const page = open(
    <>
      <AccountNews />
      <Elsewhere />
    </>,
    {
      api: {
        [ASKED]: () => ({ items: [{ ...change, isNew }] }),
        'POST /account/sessions/end-others': { sessionsEnded: 0 },
        'POST /account/changes/noted': () => {
          isNew = false;
          return { noted: true };
        },
      },
    },
  );
  const read = await screen.findByRole('button', { name: 'I have read this' });
  await userEvent.click(screen.getByRole('button', { name: /Something else/ }));
  await screen.findByRole('button', { name: /and done/ });
  expect(page.asked(ASKED)).toHaveLength(1);
  await userEvent.click(read);
  await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());
  expect(page.asked(ASKED)).toHaveLength(2);
});
