import { Box } from '@mui/material';
import type { ConflictId } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useRuleTexts } from './useRuleTexts.js';

/** Where sources disagree: each document with what it says, then what is done here. Without a frame; the size of what is around it. */
export function ConflictText({ conflict }: { conflict: ConflictId }) {
  const translate = useTranslate();
  const { topic, positions, decision } = useRuleTexts().conflict(conflict);
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <strong>{topic}</strong>
      <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
        {positions.map(({ file, title, position }) => (
          <li key={file}>
            <em>{title}</em> – {position}
          </li>
        ))}
      </Box>
      <Box>
        <strong>{translate('rules.decision')}:</strong> {decision}
      </Box>
    </Box>
  );
}
