import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anAlert, anEvent } from '../testing/records.js';
import { id, open } from '../testing/screen.js';
import AdverseEventShow from './AdverseEventShow.js';
import { EventAlerts } from './EventAlerts.js';

const RESOLVE = 'POST /alerts/:alertId/resolve';
const urgent = anAlert({
  id: id(601),
  ruleId: 'AE-URGENT',
  priority: 'urgent',
  ownerRole: 'physician',
  subjectType: 'adverse-event',
  subjectId: anEvent().id,
});
const late = anAlert({ id: id(602), ruleId: 'RX-OVERDUE', subjectType: 'course', subjectId: id(10) });
const show = (role: 'physician' | 'administrator') =>
  open(<EventAlerts event={anEvent()} />, {
    role,
    api: { 'GET /alerts': { items: [urgent, late], nextCursor: null }, [RESOLVE]: urgent },
  });

it('whoever has examined closes the alert of this reaction here, with Ctrl and Enter if wanted', async () => {
  const page = show('physician');
  const region = await screen.findByRole('region', { name: 'Alerts of this reaction' });
  expect(within(region).getByRole('heading', { name: 'Likely nerve injury: see the patient now' })).toBeInTheDocument();
  expect(within(region).queryByText('Dose overdue')).not.toBeInTheDocument();
  await userEvent.click(within(region).getByRole('button', { name: /^Done/ }));
  const dialog = await screen.findByRole('dialog', { name: 'What was done?' });
  // The first answer has the focus: a key answers it.
  expect(within(dialog).getByRole('radio', { name: 'Examined' })).toHaveFocus();
  await userEvent.keyboard(' {Tab}seen today{Control>}{Enter}{/Control}');
  await waitFor(() => expect(page.asked(RESOLVE)).toHaveLength(1));
  expect(page.asked(RESOLVE)[0]!.body).toMatchObject({ outcome: 'examined', reason: 'seen today' });
});

it('an administrator, who closes none, is shown none', async () => {
  const page = show('administrator');
  await waitFor(() => expect(screen.queryByRole('region')).not.toBeInTheDocument());
  expect(page.asked('GET /alerts')).toHaveLength(0);
});

it('on the page of the reaction “Examine” opens the form, again after it was closed, and no way leads to the page itself', async () => {
  window.HTMLElement.prototype.scrollIntoView = () => undefined;
  open(<AdverseEventShow />, {
    role: 'physician',
    url: `/adverse-events/${anEvent().id}/show`,
    path: '/adverse-events/:id/show',
    api: {
      'GET /adverse-events/:eventId': anEvent(),
      'GET /adverse-events/:eventId/versions': { items: [] },
      'GET /alerts': { items: [urgent], nextCursor: null },
      'GET /patients/:patientId/injections': { items: [], nextCursor: null },
    },
  });
  const examine = await screen.findByRole('link', { name: /^Examine: / });
  expect(screen.queryByRole('link', { name: /^Open reaction: / })).not.toBeInTheDocument();
  for (let time = 0; time < 2; time++) {
    await userEvent.click(examine);
    expect(await screen.findByRole('button', { name: 'Save examination' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('button', { name: 'Save examination' })).not.toBeInTheDocument();
  }
});
