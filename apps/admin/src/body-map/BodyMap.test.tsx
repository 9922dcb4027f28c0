import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SITE_IDS, type SiteId } from '@vastus/clinical';
import { useState } from 'react';
import { I18nContextProvider } from 'react-admin';
import { en } from '../i18n/en/index.js';
import { createI18nProvider } from '../i18n/i18nProvider.js';
import { BodyMap, type SiteMark } from './BodyMap.js';

const i18nProvider = createI18nProvider('en', en);

const marks: SiteMark[] = SITE_IDS.map((site) => {
  if (site === 'ventrogluteal-left') return { site, state: 'recommended', note: 'Never used' };
  if (site === 'deltoid-left') return { site, state: 'restricted', why: ['Lymphoedema since 3 November'], limbClosed: true };
  if (site.startsWith('dorsogluteal')) return { site, state: 'avoid' };
  return { site, state: 'available', note: '61 days ago' };
});

function Chooser({ onChoose = () => undefined, start = null }: { onChoose?: (site: SiteId) => void; start?: SiteId | null }) {
  const [site, setSite] = useState<SiteId | null>(start);
  const choose = (chosen: SiteId) => {
    setSite(chosen);
    onChoose(chosen);
  };
  return (
    <I18nContextProvider value={i18nProvider}>
      <BodyMap marks={marks} value={site} onChange={choose} />
    </I18nContextProvider>
  );
}

describe('the body map', () => {
  it('names every site with its state, its last use and why it is closed', () => {
    render(<Chooser />);
    expect(screen.getAllByRole('radio')).toHaveLength(10);
    expect(screen.getByRole('radio', { name: 'Left ventrogluteal, Suggested, Never used' })).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'Left deltoid, Restricted, Lymphoedema since 3 November' })).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'Right dorsogluteal, Avoid' })).toBeInTheDocument();
  });

  it('lists what is closed as text beside the hatching', () => {
    const { container } = render(<Chooser />);
    const list = screen.getByRole('list', { name: 'Sites not to be used' });
    expect(list).toHaveTextContent('Left deltoid: Lymphoedema since 3 November');
    expect(list).not.toHaveTextContent('ventrogluteal');
    expect(container.querySelectorAll('[data-hatched]')).toHaveLength(2);
  });

  it('is one tab stop, and the arrow keys choose', async () => {
    const chosen: SiteId[] = [];
    render(<Chooser onChoose={(site) => chosen.push(site)} />);
    await userEvent.tab();
    expect(screen.getByRole('radio', { name: /^Left ventrogluteal/ })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Home}{ArrowUp}');
    expect(chosen).toEqual(['vastus-lateralis-right', 'ventrogluteal-left', 'deltoid-right', 'dorsogluteal-right']);
    expect(screen.getByRole('radio', { name: /^Right dorsogluteal/ })).toBeChecked();
    await userEvent.tab();
    expect(document.body).toHaveFocus();
  });

  it('lets a closed site be chosen, so that the stop is seen and a dose already given there can be recorded', async () => {
    const chosen: SiteId[] = [];
    render(<Chooser onChoose={(site) => chosen.push(site)} />);
    await userEvent.click(screen.getByRole('radio', { name: /^Left deltoid/ }));
    expect(chosen).toEqual(['deltoid-left']);
    expect(screen.getByRole('radio', { name: /^Left deltoid, Restricted/ })).toBeChecked();
  });

  it('keeps its glyphs out of the way of the pointer', () => {
    const { container } = render(<Chooser />);
    for (const path of container.querySelectorAll('[data-state=restricted] path, [data-state=available] circle')) {
      expect(path).toHaveAttribute('pointer-events', 'none');
    }
  });

  it('is a plain list when there is nothing to choose', () => {
    render(
      <I18nContextProvider value={i18nProvider}>
        <BodyMap marks={marks} label="Sites used" />
      </I18nContextProvider>,
    );
    expect(screen.queryByRole('radio')).not.toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Sites used' }).querySelectorAll('[tabindex]')).toHaveLength(0);
  });
});
