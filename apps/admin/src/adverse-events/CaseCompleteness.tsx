import { CheckCircleOutlined, ErrorOutlineOutlined } from '@mui/icons-material';
import { Box, LinearProgress, Stack, Typography } from '@mui/material';
import { REPORT_PENALTIES } from '@vastus/clinical';
import type { AdverseEvent } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { Section } from '../ui/Section.js';

/** How well the case is documented as a report, and by name what is missing in it. */
export function CaseCompleteness({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const { score, wellDocumented, missing, unanswered } = event.completeness;
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.complete.${key}`, options);
  const percent = format.percent(score);
  return (
    <Section title={t('title')} subtitle={t('source')}>
      <Stack sx={{ gap: 1.25 }}>
        <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center' }}>
          <Typography component="span" className="tabular" sx={{ fontSize: '1.5rem', fontWeight: 650 }}>
            {percent}
          </Typography>
          <Typography variant="body2">{t(wellDocumented ? 'well' : 'poor')}</Typography>
        </Stack>
        <LinearProgress
          variant="determinate"
          value={score * 100}
          color={wellDocumented ? 'success' : 'warning'}
          aria-label={`${t('title')}: ${percent}`}
          sx={{ height: 8, borderRadius: 4 }}
        />
        {missing.length + unanswered.length === 0 ? (
          <Typography variant="body2" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <CheckCircleOutlined fontSize="small" color="success" /> {t('whole')}
          </Typography>
        ) : (
          <>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }}>
              {missing.map((item) => (
                <Item key={item} name={t(`item.${item}`)} note={t('costs', { share: format.percent(REPORT_PENALTIES[item]) })} />
              ))}
              {unanswered.map((item) => (
                <Item key={item} name={t(`item.${item}`)} note={t('asked')} />
              ))}
            </Box>
            {!may('adverse-event.amend') && (
              <Typography variant="caption" color="text.secondary">
                {t('byWhom')}
              </Typography>
            )}
          </>
        )}
      </Stack>
    </Section>
  );
}

function Item({ name, note }: { name: string; note: string }) {
  return (
    <Typography component="li" variant="body2" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <ErrorOutlineOutlined fontSize="small" color="warning" />
      <span>
        {name}{' '}
        <Typography component="span" variant="caption" color="text.secondary">
          {note}
        </Typography>
      </span>
    </Typography>
  );
}
