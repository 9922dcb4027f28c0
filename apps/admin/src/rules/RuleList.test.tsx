import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open } from '../testing/screen.js';
import { FindingList } from '../ui/FindingList.js';
import RuleList from './RuleList.js';
import RulePage from './RulePage.js';

const IN_FORCE = { items: [{ id: 'RX-RENAL', parameters: { eGfrThreshold: 45 } }] };

describe('the register of rules', () => {
  it('finds a rule by its words and shows where it comes from', async () => {
    open(<RuleList />, { url: '/rules', api: { 'GET /rules': IN_FORCE } });
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Rule, word or source' }), 'cyanocobalamin renal');
    expect(screen.getByRole('status')).toHaveTextContent('1 rule');
    await userEvent.click(screen.getByRole('button', { name: /RX-RENAL/ }));
    expect(screen.getByText(/Poor kidney function below eGFR/)).toHaveTextContent('45 mL/min/1.73 m² (default 60, allowed 15 to 90)');
    expect(screen.getAllByText(/awaits clinical review/).length).toBeGreaterThan(1);
    expect(screen.getByText('When a course is started')).toBeInTheDocument();
    expect(screen.queryByText('Dorsogluteal')).not.toBeInTheDocument();
  });

  it('says when nothing matches, and filters by what a rule does', async () => {
    const page = open(<RuleList />, { url: '/rules?kind=warn', api: { 'GET /rules': IN_FORCE } });
    expect(await screen.findByRole('button', { name: /RX-EARLY/ })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /HOLD-IM/ })).not.toBeInTheDocument();
    await userEvent.type(screen.getByRole('searchbox'), 'zzz');
    expect(screen.getByText('No rule matches.')).toBeInTheDocument();
    expect(page.where()).toBe('/rules?kind=warn');
  });
});

describe('one rule', () => {
  it('shows the positions of the sources where they disagree, and the decision', async () => {
    open(<RulePage />, { url: '/rules/SITE-DG', path: '/rules/:ruleId', api: { 'GET /rules': IN_FORCE } });
    const note = (await screen.findByText('Buttock or not')).parentElement!.parentElement!;
    expect(note).toHaveTextContent('Can Numbness After IM Injection Be Benign? – Wants gluteal injections avoided');
    expect(note).toHaveTextContent('What we do: Ventrogluteal ranks first');
    expect(within(note).getByRole('link', { name: 'SITE-RANK' })).toHaveAttribute('href', '/rules/SITE-RANK');
  });

  it('a rule nobody knows leads back to the register', async () => {
    open(<RulePage />, { url: '/rules/NO-SUCH', path: '/rules/:ruleId', api: { 'GET /rules': IN_FORCE } });
    expect(await screen.findByText('There is no rule NO-SUCH.')).toBeInTheDocument();
  });

  it('a finding leads to its rule beside the form, so that nothing typed is lost', async () => {
    open(
      <FindingList
        findings={[{ ruleId: 'RX-RENAL', severity: 'block', code: 'cyanocobalamin-with-renal-dysfunction', field: null, facts: {} }]}
      />,
      { api: {} },
    );
    const link = await screen.findByRole('link', { name: 'Open rule RX-RENAL' });
    expect(link).toHaveAttribute('href', '/rules/RX-RENAL');
    expect(link).toHaveAttribute('target', '_blank');
  });
});
