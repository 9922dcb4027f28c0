import { ReportOutlined } from '@mui/icons-material';
import { TableCell, TableRow, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { FilterDate } from '../ui/FilterSelect.js';
import { PatientLine } from '../ui/PatientLine.js';
import { RowsCard } from '../ui/RowsCard.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';

/** REC-TRUTH: doses that were given although a rule refused them, with the rule's words and the reason. */
export function UseErrors() {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { filter, set, any } = useUrlFilter('from', 'to');
  const list = useRows(ROUTES.listInjections, { query: { againstStop: 'true', state: 'effective', from: filter.from, to: filter.to } });
  const t = (key: string) => translate(`adverseEvents.useErrors.${key}`);
  return (
    <RowsCard
      list={list}
      label={t('title')}
      columns={[t('when'), t('patient'), t('dose'), t('rule'), t('reason')]}
      empty={{ text: t(any ? 'noneFound' : 'none'), icon: <ReportOutlined /> }}
      filters={
        <>
          <FilterDate label={translate('adverseEvents.list.from')} value={filter.from} onChange={(from) => set({ from })} />
          <FilterDate label={translate('adverseEvents.list.to')} value={filter.to} onChange={(to) => set({ to })} />
        </>
      }
    >
      {list.rows.map((dose) => (
        <TableRow key={dose.id}>
          <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
            {format.instant(dose.givenAt)}
          </TableCell>
          <TableCell>
            <PatientLine patient={dose.patient} />
          </TableCell>
          <TableCell>
            {dose.productName}
            <Typography variant="caption" component="div" color="text.secondary">
              {[dose.site && words.word('site', dose.site), dose.lotNumber].filter(Boolean).join(' · ')}
            </Typography>
          </TableCell>
          <TableCell>
            {dose.findings
              .filter(({ severity }) => severity === 'block')
              .map((finding) => (
                <Typography key={finding.ruleId + finding.code} variant="body2">
                  {words.finding(finding)}
                </Typography>
              ))}
          </TableCell>
          <TableCell>
            {dose.stopReason}
            <Typography variant="caption" component="div" color="text.secondary">
              {dose.recordedByName}
            </Typography>
          </TableCell>
        </TableRow>
      ))}
    </RowsCard>
  );
}
