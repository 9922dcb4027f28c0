import { BlockOutlined, WarningAmberOutlined } from '@mui/icons-material';
import { Box, Stack, Typography } from '@mui/material';
import type { FindingOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { RuleLink } from '../rules/RuleLink.js';
import { RuleNote } from '../rules/RuleNote.js';
import { StatusTag } from './StatusTag.js';

/** What the rules say, stops first, each with the rule that says it. */
export function FindingList({ findings }: { findings: readonly FindingOut[] }) {
  const words = useWords();
  const translate = useTranslate();
  return (
    <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, mt: 1 }}>
      {findings.map((finding) => (
        <Box component="li" key={finding.ruleId + finding.code} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
          <StatusTag
            tone={finding.severity === 'block' ? 'danger' : 'warning'}
            icon={finding.severity === 'block' ? <BlockOutlined /> : <WarningAmberOutlined />}
          >
            {translate(`clinical.severity.${finding.severity}`)}
          </StatusTag>
          <Box sx={{ minWidth: 0, pt: '2px' }}>
            {words.finding(finding)}{' '}
            <Typography component="span" variant="caption" color="text.secondary">
              <RuleLink ruleId={finding.ruleId} beside /> <RuleNote ruleId={finding.ruleId} />
            </Typography>
          </Box>
        </Box>
      ))}
    </Stack>
  );
}
