import { ExpandMoreOutlined, GavelOutlined, SearchOutlined } from '@mui/icons-material';
import { Accordion, AccordionDetails, AccordionSummary, Alert, Box, InputAdornment, Stack, TextField, Typography } from '@mui/material';
import { CONFLICTS, type ConflictId, type Rule, type RuleKind, SOURCES } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import type { Tone } from '../theme/palette.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { ConflictNote, RuleDetails } from './RuleDetails.js';
import { RuleLink } from './RuleLink.js';
import { findRules, type ParametersInForce, restsOnPending, SECTIONS, sectionOf } from './register.js';
import { useRuleTexts } from './useRuleTexts.js';

const KINDS: readonly RuleKind[] = ['block', 'warn', 'alert', 'schedule', 'derive', 'inform'];
const KIND_TONES: Readonly<Record<RuleKind, Tone>> = {
  block: 'danger',
  warn: 'warning',
  alert: 'info',
  schedule: 'accent',
  derive: 'neutral',
  inform: 'neutral',
};

/** Every clinical rule: searchable, grouped as the protocol groups them, each with where it comes from and where it speaks. */
export default function RuleList() {
  const translate = useTranslate();
  const [search, setSearch] = useState('');
  const { filter, set } = useUrlFilter('kind');
  const { data, error, refetch } = useAnswer(ROUTES.listRules, {}, { staleTime: 60_000 });
  const kind = KINDS.find((known) => known === filter.kind) ?? null;
  const { searchable } = useRuleTexts();
  // Eighty rows are drawn again at every letter: typing goes first.
  const settled = useDeferredValue(search);
  const found = useMemo(() => findRules(settled, kind, searchable), [settled, kind, searchable]);
  const documents = Object.values(SOURCES);
  const t = (key: string, options?: Record<string, unknown>) => translate(`rules.${key}`, options);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} width="medium">
      <Stack sx={{ gap: 3 }}>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
        <Alert severity="info">
          {t('pendingNote', {
            pending: documents.filter(({ reviewStatus }) => reviewStatus === 'pending human review').length,
            all: documents.length,
          })}{' '}
          {translate('app.notice')}
        </Alert>
        <Stack direction="row" role="search" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
          <TextField
            type="search"
            label={t('search')}
            size="small"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            sx={{ flex: '1 1 260px', maxWidth: 460 }}
            slotProps={{
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <SearchOutlined fontSize="small" />
                  </InputAdornment>
                ),
              },
            }}
          />
          <FilterSelect
            label={t('kind')}
            value={filter.kind}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            onChange={(value) => set({ kind: value })}
          />
          <Typography variant="body2" color="text.secondary" role="status">
            {t('count', { smart_count: found.length })}
          </Typography>
        </Stack>
        {found.length === 0 && <EmptyState icon={<GavelOutlined />} text={t('none')} />}
        {SECTIONS.map((section) => {
          const rules = found.filter((rule) => sectionOf(rule) === section);
          if (rules.length === 0) return null;
          return (
            <Section key={section} id={section} title={t(`section.${section}`)} flush>
              {rules.map((rule) => (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  inForce={(data?.items.find(({ id }) => id === rule.id)?.parameters as ParametersInForce | undefined) ?? null}
                />
              ))}
            </Section>
          );
        })}
        {search === '' && kind === null && (
          <Section title={t('conflicts')} subtitle={t('conflictsSub')}>
            <Stack sx={{ gap: 1.5 }}>
              {(Object.keys(CONFLICTS) as ConflictId[]).map((conflict) => (
                <ConflictNote key={conflict} conflict={conflict} />
              ))}
            </Stack>
          </Section>
        )}
      </Stack>
    </Page>
  );
}

function RuleRow({ rule, inForce }: { rule: Rule; inForce: ParametersInForce | null }) {
  const texts = useRuleTexts();
  return (
    <Accordion
      disableGutters
      square
      elevation={0}
      slotProps={{ transition: { unmountOnExit: true }, heading: { component: 'h3' } }}
      sx={{ bgcolor: 'transparent', borderTop: 1, borderColor: 'divider', '&::before': { display: 'none' } }}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreOutlined />}
        sx={{ px: 2.5, font: 'inherit', '& .MuiAccordionSummary-content': { my: 1.25, minWidth: 0 } }}
      >
        <Box sx={{ minWidth: 0, flex: 1, pr: 1 }}>
          <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography component="span" sx={{ fontWeight: 650 }}>
              {texts.title(rule.id)}
            </Typography>
            <Typography component="span" variant="caption" color="text.secondary" className="tabular">
              {rule.id}
            </Typography>
            <RuleTags rule={rule} />
          </Stack>
          <Typography variant="body2" color="text.secondary" component="div" sx={{ mt: 0.25 }}>
            {texts.summary(rule.id)}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails sx={{ px: 2.5, pb: 2.5, pt: 0 }}>
        <Stack sx={{ gap: 2 }}>
          <RuleDetails rule={rule} inForce={inForce} withSummary={false} />
          <Typography variant="caption">
            <RuleLink ruleId={rule.id}>{`/rules/${rule.id}`}</RuleLink>
          </Typography>
        </Stack>
      </AccordionDetails>
    </Accordion>
  );
}

/** What a rule can do, and whether one of its sources still awaits review. */
export function RuleTags({ rule }: { rule: Rule }) {
  const translate = useTranslate();
  return (
    <>
      {rule.kinds.map((kind) => (
        <StatusTag key={kind} tone={KIND_TONES[kind]}>
          {translate(`rules.kinds.${kind}`)}
        </StatusTag>
      ))}
      {restsOnPending(rule) && <StatusTag tone="warning">{translate('rules.pending')}</StatusTag>}
    </>
  );
}
