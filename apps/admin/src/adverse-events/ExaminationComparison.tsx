import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { compareInstants } from '@vastus/clinical';
import { type AdverseEvent, type Examination, type Injection, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { Sideways } from '../ui/Sideways.js';

type Found = Pick<Examination, 'motorDeficit' | 'pain' | 'strength' | 'sensation' | 'sensory'>;

interface Props {
  event: AdverseEvent;
  previous: Examination | undefined;
  now: Found;
}

/** What was there before the needle, at the examination before, and now: side by side, row by row. What nobody answered is a dash. */
export function ExaminationComparison({ event, previous, now }: Props) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const injection = useAnswer(
    ROUTES.readInjection,
    { params: { injectionId: event.injectionId ?? '' } },
    { enabled: event.injectionId !== null },
  );
  const baseline = injection.data?.baseline ?? null;
  const t = (key: string, options?: Record<string, unknown>) => translate(`examination.${key}`, options);
  const yesNo = (value: boolean | null) => (value === null ? null : translate(value ? 'app.yes' : 'app.no'));
  const both = [previous, now].filter((found) => found !== undefined);
  const muscles = [...new Set(both.flatMap(({ strength }) => strength.map(({ muscle, side }) => `${muscle} ${side}`)))];
  const spots = [...new Set(both.flatMap(({ sensation }) => sensation.map((at) => `${at.region} ${at.side} ${at.modality}`)))];
  const graded = (found: Found | undefined, key: string) => {
    const grade = found?.strength.find(({ muscle, side }) => `${muscle} ${side}` === key)?.grade;
    return grade === undefined ? null : `${grade}/5`;
  };
  const felt = (found: Found | undefined, key: string) => {
    const sensation = found?.sensation.find((at) => `${at.region} ${at.side} ${at.modality}` === key)?.sensation;
    return sensation ? t(`feels.${sensation}`) : null;
  };
  const pain = (value: number | null | undefined) => (value === null || value === undefined ? null : `${value}/10`);
  const rows: [string, string | null, string | null, string | null][] = [
    [t('row.pain'), pain(baseline?.pain), pain(previous?.pain), pain(now.pain)],
    [
      t('row.motor'),
      baseline?.motor ? translate(`patients.motor.${baseline.motor}`) : null,
      yesNo(previous?.motorDeficit ?? null),
      yesNo(now.motorDeficit),
    ],
    [t('row.sensory'), sensoryOf(baseline), previous?.sensory ?? null, now.sensory || null],
    ...muscles.map((key): [string, null, string | null, string | null] => {
      const [muscle, side] = key.split(' ');
      return [t('muscleOf', { muscle: t(`muscle.${muscle}`), side: t(`side.${side}`) }), null, graded(previous, key), graded(now, key)];
    }),
    ...spots.map((key): [string, null, string | null, string | null] => {
      const [region, side, modality] = key.split(' ');
      return [`${t(`region.${region}`)}, ${t(`side.${side}`)}, ${t(`touch.${modality}`)}`, null, felt(previous, key), felt(now, key)];
    }),
  ];
  function sensoryOf(said: Injection['baseline']): string | null {
    if (!said?.sensory) return null;
    const limbs = said.limbs.map((limb) => words.word('limb', limb)).join(', ');
    return [translate(`patients.sensory.${said.sensory}`), limbs].filter(Boolean).join(': ');
  }
  return (
    <Box component="section" aria-label={t('comparison')}>
      <Typography variant="subtitle2" component="h3">
        {t('comparison')}
      </Typography>
      <Sideways label={t('comparison')}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{t('row.what')}</TableCell>
              <TableCell>
                {t('row.baseline')}
                {injection.data && (
                  <Typography variant="caption" component="div" color="text.secondary" className="tabular">
                    {format.instant(injection.data.givenAt)}
                  </Typography>
                )}
              </TableCell>
              <TableCell>
                {t('row.previous')}
                {previous && (
                  <Typography variant="caption" component="div" color="text.secondary" className="tabular">
                    {format.instant(previous.examinedAt)}
                  </Typography>
                )}
              </TableCell>
              <TableCell>{t('row.now')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([what, ...found]) => (
              <TableRow key={what}>
                <TableCell component="th" scope="row">
                  {what}
                </TableCell>
                {found.map((said, column) => (
                  <TableCell
                    key={['baseline', 'previous', 'now'][column]}
                    className="tabular"
                    sx={column === 2 && said !== null && said !== found[1] ? { fontWeight: 700 } : undefined}
                  >
                    {said ?? '–'}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Sideways>
    </Box>
  );
}

/** The last one on record that counts. */
export const previousOf = ({ examinations }: AdverseEvent) =>
  examinations.filter(({ state }) => state === 'effective').toSorted((a, b) => compareInstants(b.examinedAt, a.examinedAt))[0];
