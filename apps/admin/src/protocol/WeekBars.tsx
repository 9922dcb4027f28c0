import { Box, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import type { SimulationFindings } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';

const HEIGHT = 96;

/** Alerts a week as pairs of bars; each pair says its week and numbers to those who cannot see it. */
export function WeekBars({ weeks }: { weeks: SimulationFindings['weeks'] }) {
  const translate = useTranslate();
  const format = useFormat();
  const most = Math.max(1, ...weeks.flatMap(({ before, after }) => [before, after]));
  const t = (key: string, options?: Record<string, unknown>) => translate(`protocol.whatIf.${key}`, options);
  return (
    <Box component="section" aria-label={t('weeks')}>
      <Typography variant="subtitle2">{t('weeks')}</Typography>
      <Typography variant="caption" color="text.secondary" component="div" sx={{ mb: 1 }}>
        {t('weeksSub')}
      </Typography>
      <Box aria-hidden sx={{ display: 'flex', gap: 2, fontSize: '0.8125rem', mb: 1 }}>
        {(['before', 'after'] as const).map((which) => (
          <Box key={which} sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}>
            <Box
              sx={({ palette }) => ({
                width: 12,
                height: 12,
                borderRadius: 0.5,
                bgcolor: palette.tone[which === 'before' ? 'neutral' : 'accent'].solid,
              })}
            />
            {t(which)}
          </Box>
        ))}
      </Box>
      <Box
        component="ol"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gridAutoFlow: 'column', gridAutoColumns: '1fr', gap: 0.5, alignItems: 'end' }}
      >
        {weeks.map(({ startsOn, before, after }, index) => (
          <Box component="li" key={startsOn} sx={{ minWidth: 0, position: 'relative' }}>
            <Box component="span" sx={visuallyHidden}>
              {t('week', { date: format.date(startsOn), before, after })}
            </Box>
            <Box
              aria-hidden
              title={t('week', { date: format.date(startsOn), before, after })}
              sx={{ display: 'flex', gap: '2px', alignItems: 'end', height: HEIGHT }}
            >
              {[before, after].map((count, which) => (
                <Box
                  key={which === 0 ? 'before' : 'after'}
                  sx={({ palette }) => ({
                    flex: 1,
                    borderRadius: '3px 3px 0 0',
                    height: Math.max(2, (count / most) * HEIGHT),
                    bgcolor: palette.tone[which === 0 ? 'neutral' : 'accent'].solid,
                  })}
                />
              ))}
            </Box>
            <Typography
              aria-hidden
              variant="caption"
              color="text.secondary"
              className="tabular"
              component="div"
              sx={{
                fontSize: '0.6875rem',
                whiteSpace: 'nowrap',
                height: 18,
                visibility: index % Math.ceil(weeks.length / 5) === 0 ? 'visible' : 'hidden',
              }}
            >
              {format.date(startsOn, 'month')}
            </Typography>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
