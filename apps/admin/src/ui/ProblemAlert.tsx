import { Alert, Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ApiProblem, fieldOf } from '../api/problem.js';
import { useIssues } from '../api/useIssues.js';
import { FindingList } from './FindingList.js';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  /** Fields that show their own message; the rest is listed here. */
  shownFields?: readonly string[];
}

/** What went wrong, in words, with what the rules said and where the input was refused. Nothing when there is no error. */
export function ProblemAlert({ error, onRetry, shownFields }: ProblemAlertProps) {
  const translate = useTranslate();
  const { label, message } = useIssues();
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const issues = problem?.issues.filter((issue) => !shownFields?.includes(fieldOf(issue) ?? '')) ?? [];
  return (
    <Alert
      severity={problem?.code === 'blocked-by-rule' ? 'warning' : 'error'}
      role="alert"
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {translate('app.problem.retry')}
          </Button>
        )
      }
    >
      {translate(`app.problem.${problem?.code ?? 'title'}`)}
      {problem?.retryAfter ? ` ${translate('app.problem.retryAfter', { smart_count: problem.retryAfter })}` : null}
      {issues.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {issues.map((issue) => (
            <li key={issue.pointer + issue.code}>{[label(issue), message(issue)].filter(Boolean).join(': ')}</li>
          ))}
        </Box>
      )}
      {problem && problem.findings.length > 0 && <FindingList findings={problem.findings} />}
      {problem?.code === 'internal' && problem.requestId && (
        <Box sx={{ mt: 0.5 }}>{translate('app.problem.reference', { id: problem.requestId })}</Box>
      )}
    </Alert>
  );
}
