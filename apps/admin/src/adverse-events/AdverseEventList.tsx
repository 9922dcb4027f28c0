import { Button } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSession } from '../session/useSession.js';
import { DownloadButton } from '../ui/DownloadButton.js';
import { Page } from '../ui/Page.js';
import { Segmented } from '../ui/Segmented.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { EventRows } from './EventRows.js';
import { RatesView } from './RatesView.js';
import { UseErrors } from './UseErrors.js';
import { useEventFilter } from './useEventFilter.js';

const VIEWS = ['cases', 'rates', 'use-errors'] as const;
type View = (typeof VIEWS)[number];

/** Adverse events three ways: case by case, as rates, and the doses that were given against a stop. */
export function AdverseEventList() {
  const translate = useTranslate();
  const { may } = useSession();
  const { filter, set } = useUrlFilter('view');
  const cases = useEventFilter();
  const view = VIEWS.find((known) => known === filter.view) ?? 'cases';
  const t = (key: string) => translate(`adverseEvents.list.${key}`);
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {view === 'cases' && may('adverse-event.export') && (
            <DownloadButton
              route={ROUTES.exportAdverseEvents}
              sent={{ query: { ...cases.query, identify: 'initials' } }}
              label={t('export')}
            />
          )}
          {may('adverse-event.record') && (
            <Button component={Link} to="/report-event" variant="contained">
              {translate('adverseEvents.report.title')}
            </Button>
          )}
        </>
      }
    >
      <Segmented<View>
        label={t('view')}
        hideLabel
        value={view}
        onChange={(next) => set({ view: next === 'cases' ? null : next })}
        options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
      />
      <div style={{ height: 16 }} />
      {view === 'cases' && <EventRows {...cases} />}
      {view === 'rates' && <RatesView />}
      {view === 'use-errors' && <UseErrors />}
    </Page>
  );
}

export default AdverseEventList;
