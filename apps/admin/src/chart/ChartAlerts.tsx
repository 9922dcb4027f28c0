import { TaskAltOutlined } from '@mui/icons-material';
import { Box, Button } from '@mui/material';
import type { AlertRow } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { AlertLine, AlertLines } from '../ui/AlertLine.js';
import { AlertWhy } from '../ui/AlertWhy.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';

const ENDED: readonly AlertRow['state'][] = ['resolved', 'dismissed', 'closed'];

/** What waits for somebody with this patient, and why each of it exists. */
export function ChartAlerts({ alerts }: { alerts: readonly AlertRow[] }) {
  const translate = useTranslate();
  const [opened, setOpened] = useState<string | null>(null);
  const active = alerts.filter(({ state }) => !ENDED.includes(state));
  return (
    <Section title={translate('patients.chart.alerts')} flush>
      {active.length === 0 && <EmptyState icon={<TaskAltOutlined />} text={translate('patients.chart.alertsNone')} />}
      <AlertLines>
        {active.map((alert) => (
          <Box key={alert.id} component="li" sx={{ listStyle: 'none' }}>
            <AlertLines>
              <AlertLine
                alert={alert}
                showPatient={false}
                actions={
                  <Button size="small" aria-expanded={opened === alert.id} onClick={() => setOpened(opened === alert.id ? null : alert.id)}>
                    {translate(opened === alert.id ? 'patients.chart.hideWhy' : 'patients.chart.why')}
                  </Button>
                }
              />
            </AlertLines>
            {opened === alert.id && (
              <Box sx={{ px: 2.5, pb: 2 }}>
                <AlertWhy alertId={alert.id} />
              </Box>
            )}
          </Box>
        ))}
      </AlertLines>
    </Section>
  );
}
