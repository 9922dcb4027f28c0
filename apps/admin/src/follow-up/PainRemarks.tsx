import { InfoOutlined, WarningAmberOutlined } from '@mui/icons-material';
import { Box } from '@mui/material';
import type { PainPlan } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';

/** What PAIN-PLAN remarks: it informs and never stops, so nothing here is a finding to be acknowledged. */
export function PainRemarks({ remarks }: { remarks: PainPlan['remarks'] }) {
  const translate = useTranslate();
  const words = useWords();
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.8125rem', display: 'grid', gap: 0.25, mt: 0.5 }}>
      {remarks.map((remark) => (
        <Box
          component="li"
          key={remark.code}
          sx={({ palette }) => ({
            display: 'flex',
            gap: 0.75,
            alignItems: 'flex-start',
            color: remark.severity === 'warn' ? palette.tone.warning.text : 'text.secondary',
            fontWeight: remark.severity === 'warn' ? 600 : undefined,
            '& svg': { fontSize: 16, mt: '2px' },
          })}
        >
          {remark.severity === 'warn' ? <WarningAmberOutlined /> : <InfoOutlined />}
          <span>
            {words.finding({
              code: remark.code,
              facts: { ...remark.facts, unit: translate(`followUp.pain.unit.${remark.facts['unit']}`) },
            })}
          </span>
        </Box>
      ))}
    </Box>
  );
}
