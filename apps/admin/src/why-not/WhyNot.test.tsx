import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ALERT_RULE_IDS } from '@vastus/clinical';
import { aChart, aWhyNot } from '../testing/follow-up.js';
import { someFacts } from '../testing/records.js';
import { type Asked, id, open } from '../testing/screen.js';
import { WhyNotButton } from './WhyNotButton.js';

const known = someFacts({
  injections: [
    {
      id: id(40),
      courseId: id(10),
      productId: id(20),
      substance: 'hydroxocobalamin',
      status: 'given',
      doseMicrograms: 1000,
      route: 'IM',
      site: 'ventrogluteal-left',
      givenAt: '2026-10-01T09:00:00.000Z',
      givenOn: '2026-10-01',
    } as never,
  ],
});
const answers = ({ query }: Asked) => ({
  items: query['rule']
    ? [aWhyNot(query['rule'] as 'MON-Q3', known)]
    : [...ALERT_RULE_IDS.map((ruleId) => aWhyNot(ruleId, known)), aWhyNot('SITE-DG', known)],
});
const show = async () => {
  const page = open(<WhyNotButton chart={aChart()} />, { api: { 'GET /patients/:patientId/why-not': answers } });
  await userEvent.click(await screen.findByRole('button', { name: 'Why no alert?' }));
  return { ...page, dialog: await screen.findByRole('dialog', { name: 'Why is there no alert?' }) };
};

describe('why there is no alert', () => {
  it('shows what concerns the patient first and what does not apply on demand', async () => {
    const { dialog } = await show();
    expect(await within(dialog).findByText('Check at 3, 6 and 12 months')).toBeInTheDocument();
    expect(
      within(dialog).getAllByText(/^Opens on \d+ \w+ 202\d\. Due .*Missing: Vitamin B12, Homocysteine, Methylmalonic acid\.$/).length,
    ).toBe(3);
    expect(within(dialog).queryByText('No adverse event is recorded.')).not.toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /Does not apply/ }));
    expect(within(dialog).getAllByText('No adverse event is recorded.').length).toBeGreaterThan(3);
    expect(within(dialog).getByText('1 more rule raises no alert of its own')).toBeInTheDocument();
  });

  it('a late dose says whose alert each line is', async () => {
    const { dialog } = await show();
    const overdue = (await within(dialog).findByRole('heading', { name: 'Dose overdue' })).closest('li')!;
    expect(within(overdue).getByText(/^Nurse: Opens on/)).toBeInTheDocument();
    expect(within(overdue).getByText(/^Physician: Opens on/)).toBeInTheDocument();
  });

  it('one rule answers with its reason, its sources and their review', async () => {
    const { dialog, asked } = await show();
    await userEvent.click(within(dialog).getByRole('combobox', { name: 'Rule' }));
    await userEvent.click(await screen.findByRole('option', { name: /MON-Q3/ }));
    expect(await within(dialog).findByText('The course follows another plan: At 3, 6 and 12 months, then yearly.')).toBeInTheDocument();
    expect(within(dialog).getByText(/awaits clinical review/)).toBeInTheDocument();
    expect(within(dialog).getByRole('link', { name: 'Open rule MON-Q3' })).toHaveAttribute('href', '/rules/MON-Q3');
    expect(asked('GET /patients/:patientId/why-not').at(-1)!.query).toEqual({ rule: 'MON-Q3' });
  });
});
