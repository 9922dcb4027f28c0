import { FilterAltOffOutlined, PersonAddAltOutlined } from '@mui/icons-material';
import { Box, Button, Card, LinearProgress, Stack, Tab, Tabs, Typography } from '@mui/material';
import { DUE_PHASES, ROUTES, TODAY_BUCKETS, type TodayRow } from '@vastus/contract';
import { useEffect, useState } from 'react';
import { useStore, useTranslate } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StatRow, StatTile } from '../ui/StatTile.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { CallDialog } from './CallDialog.js';
import type { TodayDialog } from './DoseRow.js';
import { NotGivenDialog } from './NotGivenDialog.js';
import { TodayList, TodayParts } from './TodayList.js';
import { UndoDialog } from './UndoDialog.js';
import { useTrends } from './useTrends.js';

type Bucket = TodayRow['bucket'];
const TONES: Readonly<Record<Bucket, Tone>> = {
  overdue: 'danger',
  due: 'accent',
  early: 'info',
  arranged: 'neutral',
  physician: 'warning',
  done: 'success',
};
const isBucket = (list: string | undefined): list is Bucket => TODAY_BUCKETS.some((bucket) => bucket === list);

/** Today: one list of who is overdue, due, may come early, has an appointment, waits for a physician, and has had their dose. */
export default function NurseHome() {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today, may } = useSession();
  const summary = useAnswer(ROUTES.readSummary, {}, { refetchInterval: 60_000 });
  const products = useAnswer(ROUTES.listProducts, {});
  const { filter, set } = useRememberedFilter();
  const doses = summary.data?.doses;
  const trends = useTrends(summary.data);
  const bucket = isBucket(filter.list) ? filter.list : null;
  const narrowed = filter.product !== undefined || filter.phase !== undefined;
  const query = { productId: filter.product, phase: DUE_PHASES.find((phase) => phase === filter.phase) };
  const total = doses ? TODAY_BUCKETS.reduce((sum, name) => sum + doses[name], 0) : 0;

  const [dialog, setDialog] = useState<TodayDialog | null>(null);
  const close = () => setDialog(null);

  return (
    <Page
      title={translate('home.nurse.title')}
      subtitle={format.date(today, 'long')}
      actions={
        may('patient.register') && (
          <Button component={Link} to="/patients/create" variant="outlined" startIcon={<PersonAddAltOutlined />}>
            {translate('home.nurse.register')}
          </Button>
        )
      }
    >
      <ProblemAlert error={summary.error} onRetry={() => void summary.refetch()} />
      <StatRow columns={4}>
        <StatTile
          label={translate('home.nurse.overdue')}
          value={doses?.overdue}
          tone={doses?.overdue ? 'danger' : 'neutral'}
          to="/?list=overdue"
        />
        <StatTile label={translate('home.nurse.due')} value={doses?.due} to="/?list=due" />
        <StatTile
          label={translate('home.nurse.givenToday')}
          value={doses?.done}
          trend={trends.injections}
          note={translate('home.trend.given')}
          to="/?list=done"
        />
        <StatTile
          label={translate('home.nurse.alerts')}
          value={summary.data?.alerts.nurse}
          trend={trends.alerts}
          note={translate('home.trend.raised')}
          to="/alerts"
        />
      </StatRow>
      {summary.isPending && <LinearProgress aria-label={translate('app.problem.loading')} />}
      {doses && (
        <Card>
          <Tabs
            value={bucket ?? 'all'}
            onChange={(_, value: Bucket | 'all') => set({ list: value === 'all' ? null : value })}
            aria-label={translate('home.nurse.buckets')}
            variant="scrollable"
            scrollButtons={false}
            sx={{ px: { xs: 0.5, lg: 1.5 }, pt: 0.5, borderBottom: 1, borderColor: 'divider' }}
          >
            {(['all', ...TODAY_BUCKETS] as const).map((name) => (
              <Tab
                key={name}
                value={name}
                id={`today-tab-${name}`}
                aria-controls="today-list"
                sx={{ px: { xs: 0.75, lg: 2 }, minWidth: 0 }}
                label={
                  <Box sx={{ display: 'flex', gap: { xs: 0.5, lg: 0.75 }, alignItems: 'center' }}>
                    {translate(`home.nurse.${name}`)}
                    {!narrowed && name !== 'all' && <Count value={doses[name]} tone={TONES[name]} />}
                  </Box>
                }
              />
            ))}
          </Tabs>
          <Stack direction="row" sx={{ gap: 1.5, px: 2, py: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
            <FilterSelect
              label={translate('home.nurse.product')}
              minWidth={240}
              value={filter.product}
              options={(products.data?.items ?? []).filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(product) => set({ product })}
            />
            <FilterSelect
              label={translate('home.nurse.phase')}
              value={filter.phase}
              options={DUE_PHASES.map((phase) => ({ value: phase, label: word('phase', phase) }))}
              onChange={(phase) => set({ phase })}
            />
            {narrowed && (
              <Button startIcon={<FilterAltOffOutlined />} onClick={() => set({ product: null, phase: null })}>
                {translate('home.nurse.unfilter')}
              </Button>
            )}
          </Stack>
          <Box role="tabpanel" id="today-list" aria-labelledby={`today-tab-${bucket ?? 'all'}`}>
            {bucket ? (
              <TodayList bucket={bucket} query={query} onDialog={setDialog} />
            ) : (
              <TodayParts
                buckets={TODAY_BUCKETS.filter((name) => doses[name] > 0)}
                query={query}
                countOf={(name) => (narrowed ? null : doses[name])}
                onAll={(name) => set({ list: name })}
                onDialog={setDialog}
              />
            )}
            {!bucket && total === 0 && (
              <Typography color="text.secondary" sx={{ p: 4, textAlign: 'center' }}>
                {translate('home.nurse.empty.all')}
              </Typography>
            )}
          </Box>
        </Card>
      )}
      {dialog?.kind === 'not-given' && <NotGivenDialog row={dialog.row} onClose={close} />}
      {dialog?.kind === 'call' && <CallDialog row={dialog.row} onClose={close} />}
      {dialog?.kind === 'undo' && <UndoDialog row={dialog.row} onClose={close} />}
    </Page>
  );
}

/** List and filters stand in the address; coming back to the page by the menu finds them again, until somebody signs out. Codes and ids only. */
function useRememberedFilter() {
  const { filter, set } = useUrlFilter('list', 'product', 'phase');
  const [search, setSearch] = useSearchParams();
  const [kept, keep] = useStore('today.filter', '');
  const now = search.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival; afterwards the address leads.
  useEffect(() => {
    if (now === '' && kept !== '') setSearch(kept, { replace: true });
  }, []);
  return {
    filter,
    set: (part: Partial<Record<'list' | 'product' | 'phase', string | null>>) => {
      const after = new URLSearchParams(search);
      for (const [key, value] of Object.entries(part)) {
        if (value) after.set(key, value);
        else after.delete(key);
      }
      keep(after.toString());
      set(part);
    },
  };
}

function Count({ value, tone }: { value: number; tone: Tone }) {
  return (
    <Box
      component="span"
      className="tabular"
      sx={({ palette }) => ({
        minWidth: 24,
        px: 0.75,
        borderRadius: 5,
        fontSize: '0.8125rem',
        lineHeight: '22px',
        fontWeight: 700,
        textAlign: 'center',
        bgcolor: palette.tone[value > 0 ? tone : 'neutral'].soft,
        color: palette.tone[value > 0 ? tone : 'neutral'].text,
      })}
    >
      {value}
    </Box>
  );
}
