import { BlockOutlined, CheckCircleOutlined, WarningAmberOutlined } from '@mui/icons-material';
import { Box, Stack, Typography } from '@mui/material';
import type { Rule } from '@vastus/clinical';
import type { FindingOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { RuleLink } from '../rules/RuleLink.js';
import { RuleNote } from '../rules/RuleNote.js';
import { SourceText } from '../rules/SourceText.js';
import { knownRule, useRuleTexts } from '../rules/useRuleTexts.js';

/** What the rules say right now, stops first: title, the sentence with its facts, and where it comes from. */
export function FindingsPanel({ findings }: { findings: readonly FindingOut[] }) {
  const translate = useTranslate();
  const blocks = findings.filter(({ severity }) => severity === 'block').length;
  const warns = findings.length - blocks;
  return (
    <Box role="status" aria-label={translate('injections.findings.title')}>
      <Typography sx={HIDDEN}>{translate('injections.findings.summary', { blocks, warns })}</Typography>
      {findings.length === 0 ? (
        <Stack
          direction="row"
          sx={({ palette }) => ({
            alignItems: 'center',
            gap: 1,
            p: 1.25,
            borderRadius: 2,
            color: palette.tone.success.text,
            bgcolor: palette.tone.success.soft,
          })}
        >
          <CheckCircleOutlined fontSize="small" />
          <Typography variant="body2">{translate('injections.findings.none')}</Typography>
        </Stack>
      ) : (
        <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
          {findings.map((finding) => (
            <FindingCard key={finding.ruleId + finding.code} finding={finding} />
          ))}
        </Stack>
      )}
    </Box>
  );
}

const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

function FindingCard({ finding }: { finding: FindingOut }) {
  const translate = useTranslate();
  const words = useWords();
  const rule = knownRule(finding.ruleId);
  const stop = finding.severity === 'block';
  return (
    <Box
      component="li"
      data-severity={finding.severity}
      sx={({ palette }) => {
        const ink = palette.tone[stop ? 'danger' : 'warning'];
        return {
          p: 1.25,
          borderRadius: 2,
          border: `1px solid ${ink.line}`,
          borderLeft: `5px solid ${ink.solid}`,
          bgcolor: ink.soft,
          '& .head': { color: ink.text },
        };
      }}
    >
      <Stack direction="row" className="head" sx={{ gap: 0.75, alignItems: 'center' }}>
        {stop ? <BlockOutlined fontSize="small" /> : <WarningAmberOutlined fontSize="small" />}
        <Typography variant="body2" sx={{ fontWeight: 700 }}>
          {translate(stop ? 'injections.findings.stop' : 'injections.findings.warning')} · {words.word('rule', finding.ruleId)}
        </Typography>
      </Stack>
      <Typography variant="body2" sx={{ mt: 0.5 }}>
        {words.finding(finding)}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="div">
        <RuleNote ruleId={finding.ruleId} brief />
      </Typography>
      {rule && <RuleSources rule={rule} />}
    </Box>
  );
}

/** Where a rule comes from, folded until somebody wants to know; with the note where the sources disagree. */
export function RuleSources({ rule }: { rule: Rule }) {
  const translate = useTranslate();
  const texts = useRuleTexts();
  const conflict = rule.conflict ? texts.conflict(rule.conflict) : null;
  return (
    <Box
      component="details"
      sx={{ mt: 0.5, fontSize: '0.8125rem', '& summary': { cursor: 'pointer', color: 'text.secondary', minHeight: 24 } }}
    >
      <summary>
        {translate('injections.findings.why')} <span>({rule.id})</span>
      </summary>
      <Box sx={{ mt: 0.5 }}>{texts.summary(rule.id)}</Box>
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.25, color: 'text.secondary' }}>
        {rule.sources.map((source) => (
          <li key={source.file + source.pointer}>
            <SourceText source={source} />
          </li>
        ))}
      </Box>
      {conflict && (
        <Box sx={{ mt: 0.5, color: 'text.secondary' }}>
          <strong>{conflict.topic}:</strong> {conflict.decision}
        </Box>
      )}
      <Box sx={{ mt: 0.5 }}>
        <RuleLink ruleId={rule.id} beside />
      </Box>
    </Box>
  );
}
