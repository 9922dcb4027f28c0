import { Box, Typography } from '@mui/material';
import { adviseSites, COBALAMINS, courseState, impliesMalabsorption } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';

/** Reasons that go with the hold: once a physician continues IM, they no longer close a site. */
const OF_THE_HOLD = 'im-hold-active';

/** What a route decision is taken on: what is being treated and when the next dose is due, absorption, and what would stay open. */
export function RouteFacts({ known }: { known: KnownFacts }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  const { facts, protocol } = known;
  const t = (key: string, options?: Record<string, unknown>) => translate(`patients.route.${key}`, options);
  const courses = facts.courses.filter(({ endedOn, substance }) => endedOn === null && COBALAMINS.includes(substance));
  const open = adviseSites(facts, protocol, today).filter(
    ({ state, reasons }) => state !== 'avoid' && (state !== 'restricted' || reasons.every(({ code }) => code === OF_THE_HOLD)),
  );
  // The cause of a course may say it where nobody has ticked it in the record.
  const absorption = [
    ...facts.patient.malabsorption.map((code) => word('malabsorption', code)),
    ...courses.flatMap(({ cause }) => (impliesMalabsorption(cause) ? [word('cause', cause)] : [])),
  ];
  return (
    <Box
      component="section"
      aria-label={t('facts')}
      sx={({ palette }) => ({ bgcolor: palette.surface.sunken, borderRadius: 2, px: 2, py: 1.5 })}
    >
      <Typography variant="subtitle2">{t('facts')}</Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: '0.875rem' }}>
        {courses.map((course) => {
          const { phase, next } = courseState(course, facts.injections, false, protocol);
          return (
            <li key={course.id}>
              {[
                t('course', { product: word('substance', course.substance), phase: word('phase', phase) }),
                course.neurologicalInvolvement && translate('courses.neuro'),
                next && t('nextDue', { date: format.date(next.dueOn) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </li>
          );
        })}
        <li>{absorption.length > 0 ? t('absorption', { what: [...new Set(absorption)].join(', ') }) : t('noAbsorption')}</li>
        <li>{open.length > 0 ? t('open', { sites: open.map(({ site }) => word('site', site)).join(', ') }) : t('noneOpen')}</li>
      </Box>
    </Box>
  );
}
