import { screen, within } from '@testing-library/react';
import { aLot, aPatientName } from '../testing/records.js';
import { id, open } from '../testing/screen.js';
import LotRecall from './LotRecall.js';

const NUMBERS = { recipients: 2, advised: 0, reached: 1, notReached: 0, refused: 0, untried: 1, deceased: 0 };
const person = (given: readonly string[], patient = aPatientName) => ({
  patient,
  phone: null,
  interpreterLanguage: null,
  deceasedOn: null,
  doses: given.map((givenOn) => ({ givenOn, site: 'deltoid-left' as const })),
  reactions: 0,
  contacts: [],
});

it('many doses of one lot are one line that opens; a few stand as they are', async () => {
  const days = Array.from({ length: 14 }, (_, day) => `2026-05-${String(day + 1).padStart(2, '0')}`);
  const other = { ...aPatientName, id: id(2), familyName: 'Berg' };
  open(<LotRecall />, {
    role: 'administrator',
    url: `/lots/${id(30)}/recall`,
    path: '/lots/:id/recall',
    api: {
      'GET /lots/:lotId/recall': { lot: aLot({ status: 'recalled', statusReason: 'particles' }), ...NUMBERS },
      'GET /lots/:lotId/recipients': { items: [person(days), person(['2026-05-01', '2026-05-03'], other)], nextCursor: null },
    },
  });
  const many = (await screen.findByText('Ahlers, Ida')).closest('tr')!;
  const summary = within(many).getByText('14 doses, 1 May 2026 to 14 May 2026');
  expect(summary.closest('details')).not.toHaveAttribute('open');
  expect(within(many).getAllByText(/ · Left deltoid$/)).toHaveLength(14);
  const few = screen.getByText('Berg, Ida').closest('tr')!;
  expect(few.querySelector('details')).toBeNull();
  expect(screen.getByText('Reached, not told')).toBeInTheDocument();
});
