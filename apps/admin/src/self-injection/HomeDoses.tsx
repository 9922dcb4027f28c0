import { HomeOutlined } from '@mui/icons-material';
import { Box, Button, Typography } from '@mui/material';
import type { Chart, Course, SelfInjectionProgramme } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { InjectionActions } from '../injections/InjectionActions.js';
import type { KnownFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { HomeDoseDialog } from './HomeDoseDialog.js';

interface HomeDosesProps {
  chart: Chart;
  course: Course;
  programme: SelfInjectionProgramme;
  known: KnownFacts;
}

/** SELF-LOG: doses as the patient reported them, marked so. */
export function HomeDoses({ chart, course, programme, known }: HomeDosesProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may } = useSession();
  const [recording, setRecording] = useState(false);
  const doses = programme.homeDoseIds.flatMap((id) => chart.injections.find((injection) => injection.id === id) ?? []).toReversed();
  const t = (key: string) => translate(`selfInjection.doses.${key}`);
  const record = may('injection.record') && course.endedOn === null && (
    <Button size="small" variant="outlined" onClick={() => setRecording(true)}>
      {t('record')}
    </Button>
  );
  return (
    <Section title={t('title')} subtitle={t('subtitle')} actions={doses.length > 0 && record} flush>
      {doses.length === 0 && <EmptyState icon={<HomeOutlined />} text={t('none')} action={record} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {doses.map((dose) => (
          <Box
            component="li"
            key={dose.id}
            sx={{
              display: 'flex',
              gap: 2,
              px: 2.5,
              py: 1.25,
              borderTop: 1,
              borderColor: 'divider',
              alignItems: 'center',
              flexWrap: 'wrap',
            }}
          >
            <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
              <Typography variant="body2" className="tabular" sx={{ fontWeight: 550 }}>
                {format.instant(dose.givenAt)} · {format.dose(dose.doseMicrograms)}
                {` · ${dose.site ? word('site', dose.site) : dose.route}`}
              </Typography>
              {dose.note && (
                <Typography variant="caption" color="text.secondary" component="div">
                  {dose.note}
                </Typography>
              )}
            </Box>
            <StatusTag tone="info">{t('reported')}</StatusTag>
            {dose.againstStop && <StatusTag tone="danger">{translate('patients.chart.againstStop')}</StatusTag>}
            <InjectionActions injection={dose} />
          </Box>
        ))}
      </Box>
      {recording && <HomeDoseDialog patientId={chart.patient.id} course={course} known={known} onClose={() => setRecording(false)} />}
    </Section>
  );
}
