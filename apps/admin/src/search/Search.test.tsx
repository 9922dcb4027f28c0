import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Role } from '@vastus/clinical';
import { type SignedIn, useSession } from '../session/useSession.js';
import { aPatientName } from '../testing/records.js';
import { id, open } from '../testing/screen.js';
import { matches } from './choices.js';
import { SearchButton } from './SearchButton.js';

const Bar = () => <SearchButton session={useSession() satisfies SignedIn} />;
const another = { ...aPatientName, id: id(2), givenName: 'Ina', recordNumber: 'R-1002' };

function start(role: Role = 'nurse') {
  const view = open(<Bar />, {
    role,
    api: {
      'POST /patients/search': ({ body }: { body: Record<string, unknown> }) => ({
        items: body['q'] === 'ahl' ? [aPatientName, another] : [],
        nextCursor: null,
      }),
    },
  });
  return { ...view, user: userEvent.setup() };
}
const box = () => screen.findByRole('combobox', { name: 'Search patients and actions' });
const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

describe('the search', () => {
  it('opens by keyboard, finds a patient with both identifiers and opens the chart with Enter alone', async () => {
    const { user, where, asked } = start();
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await box(), 'ahl');
    expect(await screen.findByRole('option', { name: /Ahlers, Ida.*4 Mar 1961.*No\. R-1001/ })).toBeVisible();
    expect(screen.getByRole('option', { name: /Ahlers, Ina.*No\. R-1002/ })).toBeVisible();
    await user.keyboard('{Enter}{Enter}');
    expect(where()).toBe(`/patients/${id(1)}/show`);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    // Whom somebody looks for is a name, and stays out of every address.
    expect(asked('POST /patients/search').at(-1)).toMatchObject({ query: { limit: '6' }, body: { q: 'ahl' } });
    expect(where()).not.toContain('ahl');
  });

  it('with a patient chosen it offers what can be done with them, and Backspace takes the choice back', async () => {
    const { user, where } = start();
    await user.click(screen.getByRole('button', { name: 'Search patients and actions' }));
    await user.type(await box(), 'ahl');
    await user.click(await screen.findByRole('option', { name: /Ahlers, Ina/ }));
    expect(offered()).toContain('Log an injection');
    expect(offered()).not.toContain('Audit trail');
    await user.keyboard('{Backspace}');
    expect(offered()).toContain('Register a patient');
    await user.type(await box(), 'ahl');
    await user.click(await screen.findByRole('option', { name: /Ahlers, Ina/ }));
    await user.keyboard('rea{Enter}');
    expect(where()).toBe(`/report-event?patient=${id(2)}`);
  });

  it('offers each role its own deeds and pages', async () => {
    const { user } = start('administrator');
    await user.keyboard('{Meta>}k{/Meta}');
    await box();
    expect(offered()).toEqual(expect.arrayContaining(['Receive a lot', 'Import records', 'Audit trail', 'Lots']));
    expect(offered()).not.toEqual(expect.arrayContaining(['Log an injection']));
    await user.keyboard('no such thing');
    expect(await screen.findByText('Nothing found')).toBeVisible();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Search patients and actions' })).toHaveFocus());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('finds words by their beginnings, without accents', () => {
    expect(matches('Résumé of the day', 'day resu')).toBe(true);
    expect(matches('Log an injection', 'ject')).toBe(false);
    expect(matches('Log an injection', '  ')).toBe(true);
  });
});
