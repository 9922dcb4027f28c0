import { Box, Link, Stack, Typography } from '@mui/material';
import { type ConflictId, PROTOCOL_PARAMETERS, type Rule, type RuleSource, SOURCES } from '@vastus/clinical';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useFormat } from '../format.js';
import { useParameterWords } from '../protocol/useParameterWords.js';
import { StatusTag } from '../ui/StatusTag.js';
import { ConflictText } from './ConflictText.js';
import { RuleLink } from './RuleLink.js';
import { type ParametersInForce, rulesOfConflict } from './register.js';
import { Quoted } from './SourceText.js';
import { useRuleTexts } from './useRuleTexts.js';

interface RuleDetailsProps {
  rule: Rule;
  inForce: ParametersInForce | null;
  /** Not where it stands right above. */
  withSummary?: boolean;
}

/** Everything the register holds about one rule. */
export function RuleDetails({ rule, inForce, withSummary = true }: RuleDetailsProps) {
  const translate = useTranslate();
  const format = useFormat();
  const texts = useRuleTexts();
  const parameters = useParameterWords();
  const t = (key: string, options?: Record<string, unknown>) => translate(`rules.${key}`, options);
  return (
    <Stack sx={{ gap: 2 }}>
      {withSummary && (
        <Block title={t('summary')}>
          <Typography variant="body2">{texts.summary(rule.id)}</Typography>
        </Block>
      )}
      {rule.enforcedSince === 'later' && (
        <Box>
          <StatusTag tone="neutral">{t('later')}</StatusTag>
        </Box>
      )}
      {rule.parameters.length > 0 && (
        <Block title={t('parameters')}>
          {rule.parameters.map((name) => {
            const { default: usual, min, max } = PROTOCOL_PARAMETERS[name];
            const value = inForce?.[name];
            return (
              <Typography key={name} variant="body2" className="tabular">
                {parameters.name(name)}: <strong>{value === undefined ? '–' : format.number(value, 3)}</strong>{' '}
                {parameters.unit(name, value)}
                <Typography component="span" variant="caption" color="text.secondary">
                  {' '}
                  ({t('usual', { value: format.number(usual, 3) })},{' '}
                  {t('allowed', { min: format.number(min, 3), max: format.number(max, 3) })})
                </Typography>
              </Typography>
            );
          })}
        </Block>
      )}
      <Block title={t('sources')}>
        <Box component="ul" sx={{ m: 0, pl: 2.25, display: 'grid', gap: 0.75, fontSize: '0.875rem' }}>
          {rule.sources.map((source) => (
            <SourceLine key={source.file + source.pointer} source={source} />
          ))}
        </Box>
      </Block>
      {rule.conflict && (
        <Block title={t('conflict')}>
          <ConflictNote conflict={rule.conflict} except={rule.id} />
        </Block>
      )}
      <Block title={t('places')}>
        <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem' }}>
          {rule.enforcedIn.map((place) => (
            <li key={place}>{texts.place(place)}</li>
          ))}
        </Box>
      </Block>
    </Stack>
  );
}

/** What each source says and what is done about it, with the other rules that rest on it. */
export function ConflictNote({ conflict, except }: { conflict: ConflictId; except?: string }) {
  const translate = useTranslate();
  const others = rulesOfConflict(conflict).filter(({ id }) => id !== except);
  return (
    <Box
      sx={({ palette }) => ({ p: 1.5, borderRadius: 2, bgcolor: palette.surface.sunken, display: 'grid', gap: 0.75, fontSize: '0.875rem' })}
    >
      <ConflictText conflict={conflict} />
      {others.length > 0 && (
        <Typography variant="caption" color="text.secondary">
          {translate(except ? 'rules.conflictWith' : 'rules.all')}:{' '}
          {others.map(({ id }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <RuleLink ruleId={id}>{id}</RuleLink>
            </span>
          ))}
        </Typography>
      )}
    </Box>
  );
}

function SourceLine({ source }: { source: RuleSource }) {
  const { title, hazard, review } = useRuleTexts().source(source);
  if (source.file === 'safety-of-use') return <li>{[title, hazard].filter(Boolean).join(': ')}</li>;
  const pending = SOURCES[source.file].reviewStatus === 'pending human review';
  return (
    <li>
      <strong>{title}</strong>
      <Box sx={{ color: 'text.secondary' }}>
        <Quoted source={source} />
      </Box>
      <StatusTag tone={pending ? 'warning' : 'neutral'}>{review}</StatusTag>
    </li>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gap: 0.75, justifyItems: 'start', '& > ul, & > div': { justifySelf: 'stretch' } }}>
      <Typography variant="subtitle2">{title}</Typography>
      {children}
    </Box>
  );
}

/** Back to the whole register. */
export function AllRulesLink() {
  const translate = useTranslate();
  return (
    <Link component={RouterLink} to="/rules">
      {translate('rules.all')}
    </Link>
  );
}
