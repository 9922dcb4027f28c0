import { CheckCircleOutlined, RadioButtonUncheckedOutlined } from '@mui/icons-material';
import { Box, Button, Link, Typography } from '@mui/material';
import { type ProtocolParameters, parameterOf } from '@vastus/clinical';
import { type Chart, ROUTES, type SelfInjectionProgramme } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Section } from '../ui/Section.js';
import { entriesOf, TRAINED_ITEMS, type TrainedItem } from './programme.js';
import { TrainingDialog } from './TrainingDialog.js';

interface TrainingSectionProps {
  chart: Chart;
  programme: SelfInjectionProgramme;
  protocol: ProtocolParameters;
}

/** SELF-TRAIN: the checklist, item by item, and the first dose that was watched. */
export function TrainingSection({ chart, programme, protocol }: TrainingSectionProps) {
  const translate = useTranslate();
  const { may } = useSession();
  const notice = useChangesNotice();
  const withdraw = useSend(ROUTES.voidTraining);
  const [recording, setRecording] = useState<TrainedItem[] | null>(null);
  const [voiding, setVoiding] = useState<{ id: string; about: string } | null>(null);
  const writing = may('self-injection.prepare') && programme.state !== 'ended';
  const open = TRAINED_ITEMS.filter((item) => item !== 'observed-dose' && entriesOf(programme.training, item).length === 0);
  const t = (key: string, options?: Record<string, unknown>) => translate(`selfInjection.training.${key}`, options);
  return (
    <Section
      title={t('title')}
      subtitle={t('subtitle', { smart_count: parameterOf(protocol, 'selfTrainingMonths') })}
      flush
      actions={
        writing && (
          <Button size="small" variant="outlined" onClick={() => setRecording([...open])}>
            {t('record')}
          </Button>
        )
      }
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {TRAINED_ITEMS.map((item) => (
          <Item
            key={item}
            item={item}
            chart={chart}
            programme={programme}
            onRecord={writing ? () => setRecording([item]) : undefined}
            onVoid={writing ? (id, about) => setVoiding({ id, about }) : undefined}
          />
        ))}
      </Box>
      {recording && <TrainingDialog chart={chart} programme={programme} start={recording} onClose={() => setRecording(null)} />}
      <ReasonDialog
        open={voiding !== null}
        title={translate('followUp.voidTitle')}
        explain={voiding?.about}
        confirm={translate('followUp.void')}
        tone="error"
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => {
          withdraw.reset();
          setVoiding(null);
        }}
        onConfirm={(reason) =>
          voiding &&
          withdraw.mutate(
            { params: { trainingId: voiding.id }, body: { reason } },
            {
              onSuccess: ({ changes }) => {
                setVoiding(null);
                notice(translate('followUp.voided'), changes);
              },
            },
          )
        }
      />
    </Section>
  );
}

interface ItemProps {
  item: TrainedItem;
  chart: Chart;
  programme: SelfInjectionProgramme;
  onRecord?: () => void;
  onVoid?: (trainingId: string, about: string) => void;
}

function Item({ item, chart, programme, onRecord, onVoid }: ItemProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const entries = entriesOf(programme.training, item);
  const [latest] = entries;
  const dose = chart.injections.find(({ id }) => id === latest?.injectionId);
  const name = word('care', item);
  const t = (key: string, options?: Record<string, unknown>) => translate(`selfInjection.training.${key}`, options);
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1.25, px: 2.5, py: 1, borderTop: 1, borderColor: 'divider', alignItems: 'center', flexWrap: 'wrap' }}
    >
      <Box
        sx={({ palette }) => ({ display: 'flex', color: latest ? palette.tone.success.text : 'text.secondary', '& svg': { fontSize: 20 } })}
      >
        {latest ? <CheckCircleOutlined /> : <RadioButtonUncheckedOutlined />}
      </Box>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {name}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          {latest ? t('trained', { date: format.date(latest.trainedOn), name: latest.observedBy }) : t('open')}
          {entries.length > 1 && ` · ${t('earlier', { smart_count: entries.length - 1 })}`}
          {dose && (
            <>
              {' · '}
              <Link component={RouterLink} to={`/patients/${chart.patient.id}/show`}>
                {t('injection', { date: format.date(dose.givenOn) })}
              </Link>
            </>
          )}
        </Typography>
      </Box>
      {onRecord && !latest && (
        <Button size="small" onClick={onRecord} aria-label={`${t('record')}: ${name}`}>
          {t('record')}
        </Button>
      )}
      {onVoid && latest && (
        <Button size="small" color="error" onClick={() => onVoid(latest.id, name)} aria-label={`${translate('followUp.void')}: ${name}`}>
          {translate('followUp.void')}
        </Button>
      )}
    </Box>
  );
}
