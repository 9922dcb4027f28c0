import { PersonAddAltOutlined } from '@mui/icons-material';
import { Box, Button, Card, Tab, Tabs } from '@mui/material';
import { ROUTES, TODAY_BUCKETS } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { TodayList } from './TodayList.js';

type Bucket = (typeof TODAY_BUCKETS)[number];
const TONES: Readonly<Record<Bucket, Tone>> = { overdue: 'danger', due: 'accent', early: 'info', done: 'success' };

/** Today: who is overdue, due, may come early, and who has had their dose. */
export default function NurseHome() {
  const translate = useTranslate();
  const format = useFormat();
  const { today, may } = useSession();
  const summary = useAnswer(ROUTES.readSummary, {}, { refetchInterval: 60_000 });
  const [chosen, setChosen] = useState<Bucket | null>(null);
  const doses = summary.data?.doses;
  const first = doses ? (TODAY_BUCKETS.find((bucket) => bucket !== 'done' && doses[bucket] > 0) ?? 'due') : null;
  const bucket = chosen ?? first;

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
      {bucket && (
        <Card>
          <Tabs
            value={bucket}
            onChange={(_, value: Bucket) => setChosen(value)}
            aria-label={translate('home.nurse.buckets')}
            variant="scrollable"
            scrollButtons={false}
            sx={{ px: 1.5, pt: 0.5, borderBottom: 1, borderColor: 'divider' }}
          >
            {TODAY_BUCKETS.map((name) => (
              <Tab
                key={name}
                value={name}
                id={`today-tab-${name}`}
                aria-controls="today-list"
                label={
                  <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
                    {translate(`home.nurse.${name}`)}
                    <Count value={doses?.[name] ?? 0} tone={TONES[name]} />
                  </Box>
                }
              />
            ))}
          </Tabs>
          <Box role="tabpanel" id="today-list" aria-labelledby={`today-tab-${bucket}`}>
            <TodayList bucket={bucket} />
          </Box>
        </Card>
      )}
    </Page>
  );
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
