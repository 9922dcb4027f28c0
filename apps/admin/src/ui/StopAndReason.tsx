import { Box, TextField } from '@mui/material';
import { type Finding, isBlocked } from '@vastus/clinical';
import type { FindingOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import type { ApiProblem } from '../api/problem.js';
import { FindingList } from './FindingList.js';

/** What the server asks of every reason. */
export const LEAST_REASON = 10;
export const isReason = (text: string): boolean => text.trim().length >= LEAST_REASON;

/** Whether the rules refuse it: here while one chooses, or the server when it was asked. */
export const isStopped = (findings: readonly Finding[], error: ApiProblem | null): boolean =>
  isBlocked(findings) || (error?.findings.length ?? 0) > 0;

interface StopAndReasonProps {
  findings: readonly Finding[];
  /** What the server answered; it brings its own findings, which are shown with it. */
  error: ApiProblem | null;
  label: string;
  help?: string;
  reason: string;
  onReason: (reason: string) => void;
}

/** What the rules say of a decision, and where they refuse it the reason to go on all the same. */
export function StopAndReason({ findings, error, label, help, reason, onReason }: StopAndReasonProps) {
  const translate = useTranslate();
  return (
    <>
      {findings.length > 0 && !error && (
        <Box role="status">
          <FindingList findings={findings as FindingOut[]} />
        </Box>
      )}
      {isStopped(findings, error) && (
        <TextField
          required
          multiline
          minRows={2}
          label={label}
          helperText={help ?? translate('app.reason.help')}
          value={reason}
          onChange={({ target }) => onReason(target.value)}
          slotProps={{ htmlInput: { maxLength: 2000 } }}
        />
      )}
    </>
  );
}
