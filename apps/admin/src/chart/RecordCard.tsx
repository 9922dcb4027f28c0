/** What is printed instead of the chart: one A4 page with what somebody needs who has no screen. Black on white in either theme. */
import { Box, GlobalStyles } from '@mui/material';
import { ANALYTES, type Analyte, adviseSites } from '@vastus/clinical';
import type { Chart } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { createPortal } from 'react-dom';
import { isActive } from '../alerts/useAlertActions.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { written } from '../lab-results/units.js';
import { useSession } from '../session/useSession.js';
import { nameOf } from '../ui/PatientLine.js';

// As many rows as one page holds beside the rest; what is left out is counted.
const DOSES = 8;
const ALERTS = 8;
const COURSES = 4;
const REACTIONS = 3;

const PRINT = {
  '@media screen': { '.record-card': { display: 'none !important' } },
  '@media print': {
    '@page': { size: 'A4', margin: '12mm' },
    'body:has(> .record-card) > *:not(.record-card)': { display: 'none !important' },
    'body:has(> .record-card)': { background: '#fff !important' },
  },
};

export function RecordCard({ chart, known }: { chart: Chart; known: KnownFacts | null }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { clinic, staff, now, today } = useSession();
  const t = (key: string, options?: Record<string, unknown>) => translate(`timeline.card.${key}`, options);
  const { patient, hold } = chart;
  const restrictions = chart.restrictions.filter(({ until }) => until === null || until >= today);
  const doses = chart.injections.filter(({ state, status }) => state === 'effective' && status === 'given');
  const alerts = chart.alerts.filter(isActive);
  const events = chart.events.filter(({ state }) => state === 'effective');
  const effective = chart.labResults.filter(({ state }) => state === 'effective');
  const latest = ANALYTES.flatMap((analyte: Analyte) => effective.filter((result) => result.analyte === analyte).slice(0, 1));
  const sites = known ? adviseSites(known.facts, known.protocol, today) : [];
  const allergies = [...patient.allergies.map((allergen) => word('allergen', allergen)), patient.allergyNote].filter(Boolean).join(', ');
  return createPortal(
    <Box
      className="record-card"
      sx={{
        color: '#000',
        bgcolor: '#fff',
        fontSize: '8.5pt',
        lineHeight: 1.35,
        fontFamily: 'inherit',
        '& h1': { fontSize: '15pt', m: 0 },
        '& h2': { fontSize: '9.5pt', m: 0, mt: '3mm', mb: '1mm', borderBottom: '1px solid #000' },
        '& table': { width: '100%', borderCollapse: 'collapse' },
        '& td, & th': { textAlign: 'left', verticalAlign: 'top', p: '0.4mm 2mm 0.4mm 0', fontWeight: 400 },
        // A date or a lot number in two lines is read wrong.
        '& td.tabular': { whiteSpace: 'nowrap' },
        '& td.number': { textAlign: 'right' },
        '& ul': { m: 0, pl: '4mm' },
        '& p': { m: 0 },
        '& .boxed': { border: '1.5px solid #000', p: '2mm', mt: '3mm' },
      }}
    >
      <GlobalStyles styles={PRINT} />
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', borderBottom: '2px solid #000', pb: '1.5mm' }}>
        <h1>
          <bdi>{nameOf(patient)}</bdi>
        </h1>
        <Box sx={{ textAlign: 'right' }}>
          <strong>{clinic.name}</strong> · {t('title')}
        </Box>
      </Box>
      <p>
        <strong>
          {format.date(patient.birthDate)} ({format.age(patient.birthDate, patient.deceasedOn)}) · {word('sex', patient.sex)} ·{' '}
          {translate('app.recordNumber', { number: patient.recordNumber })}
        </strong>
        {patient.phone && ` · ${patient.phone}`}
        {patient.interpreterLanguage && ` · ${translate('patients.banner.interpreter', { language: patient.interpreterLanguage })}`}
        {patient.deceasedOn && ` · ${translate('patients.banner.deceased', { date: format.date(patient.deceasedOn) })}`}
      </p>
      <div className="boxed">
        <p>
          <strong>
            {translate('patients.banner.allergies')}: {allergies || translate('patients.banner.noAllergies')}
          </strong>
        </p>
        <p>{hold ? <strong>{translate('patients.banner.hold', { date: format.instant(hold.since) })}</strong> : t('noHold')}</p>
        {chart.routeDecisions[0] && (
          <p>
            {translate('patients.banner.decided', {
              decision: word('routeDecision', chart.routeDecisions[0].decision),
              name: chart.routeDecisions[0].decidedByName,
              date: format.instant(chart.routeDecisions[0].decidedAt),
            })}
          </p>
        )}
        {restrictions.length === 0 ? (
          <p>{t('nothingClosed')}</p>
        ) : (
          <p>
            <strong>
              {t('closed')}:{' '}
              {[...new Set(restrictions.flatMap((restriction) => restriction.sites))].map((site) => word('site', site)).join(', ')}
            </strong>
          </p>
        )}
        <p>
          {[
            patient.renalDysfunction === true && translate('patients.banner.renal'),
            patient.renalDysfunction === null && translate('patients.banner.renalUnknown'),
            patient.anticoagulated === true && translate('patients.banner.anticoagulated'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <Part title={translate('patients.chart.courses')} left={chart.courses.length - COURSES}>
        <table>
          <tbody>
            {chart.courses
              .toSorted((a, b) => Number(a.endedOn !== null) - Number(b.endedOn !== null) || b.startedOn.localeCompare(a.startedOn))
              .slice(0, COURSES)
              .map((course) => (
                <tr key={course.id}>
                  <td>
                    {course.productName}, {format.dose(course.doseMicrograms)}
                  </td>
                  <td>{word('regimen', course.regimen)}</td>
                  <td>
                    {word('phase', course.phase)}
                    {course.neurologicalInvolvement && `, ${translate('courses.neuro')}`}
                  </td>
                  <td>
                    {course.endedOn
                      ? t('ended', { date: format.date(course.endedOn) })
                      : course.phase !== 'on-hold' && course.nextDueOn && t('next', { date: format.date(course.nextDueOn) })}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Part>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1.35fr 1fr', columnGap: '6mm' }}>
        <div>
          <Part title={t('doses')} left={doses.length - DOSES}>
            <table>
              <tbody>
                {doses.slice(0, DOSES).map((dose) => (
                  <tr key={dose.id}>
                    <td className="tabular">{format.date(dose.givenOn)}</td>
                    <td>
                      {dose.productName}, {format.dose(dose.doseMicrograms)}
                    </td>
                    <td>{dose.site ? word('site', dose.site) : dose.route}</td>
                    <td className="tabular">{dose.lotNumber ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Part>
          <Part title={t('results')} left={0}>
            <table>
              <tbody>
                {latest.map((result) => (
                  <tr key={result.id}>
                    <td>{word('analyte', result.analyte)}</td>
                    <td className="number tabular">
                      {format.number(result.harmonizedValue)} {written(result.harmonizedUnit)}
                    </td>
                    <td>
                      {(result.interpretation === 'low' || result.interpretation === 'high') &&
                        translate(`patients.trend.${result.interpretation}`)}
                    </td>
                    <td className="tabular">{format.date(result.collectedOn)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {latest.length === 0 && <p>{t('none')}</p>}
          </Part>
        </div>
        <div>
          <Part title={`${t('sites')} – ${t('lastUsed')}`} left={0}>
            <table>
              <tbody>
                {sites.map(({ site, state, lastUsedOn }) => (
                  <tr key={site}>
                    <td>{word('site', site)}</td>
                    <td className="tabular">{lastUsedOn ? format.date(lastUsedOn) : '–'}</td>
                    <td>
                      {state === 'restricted' ? (
                        <strong>{word('siteState', state)}</strong>
                      ) : state === 'avoid' ? (
                        word('siteState', state)
                      ) : (
                        ''
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Part>
          <Part title={t('alerts')} left={alerts.length - ALERTS}>
            <ul>
              {alerts.slice(0, ALERTS).map((alert) => (
                <li key={alert.id}>
                  {word('priority', alert.priority)}: {word('rule', alert.ruleId)} ({format.date(alert.dueOn)})
                </li>
              ))}
            </ul>
            {alerts.length === 0 && <p>{t('none')}</p>}
          </Part>
        </div>
      </Box>
      {events.length > 0 && (
        <Part title={t('reactions')} left={events.length - REACTIONS}>
          <ul>
            {events.slice(0, REACTIONS).map((event) => (
              <li key={event.id}>
                {[
                  format.instant(event.onsetAt),
                  word('level', event.triage.level),
                  event.site && word('site', event.site),
                  word('eventOutcome', event.outcome),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Box sx={{ mt: '4mm', pt: '1mm', borderTop: '1px solid #000', display: 'flex', justifyContent: 'space-between', fontSize: '7.5pt' }}>
        <span>{t('printed', { at: format.instant(now), name: staff.name })}</span>
        <span>{t('support')}</span>
      </Box>
    </Box>,
    document.body,
  );
}

function Part({ title, left, children }: { title: string; left: number; children: ReactNode }) {
  const translate = useTranslate();
  return (
    <section>
      <h2>{title}</h2>
      {children}
      {left > 0 && <p>{translate('timeline.card.more', { smart_count: left })}</p>}
    </section>
  );
}
