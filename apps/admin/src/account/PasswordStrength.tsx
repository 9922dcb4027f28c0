import { Box, LinearProgress, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { PASSWORD_LENGTH, PASSWORD_STRENGTH } from '@vastus/contract';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import type { Score } from './passwordStrength.js';

const MOST: Score = 4;

/** While a password is chosen: how hard it is to guess, as a bar and in words. Nothing before the first letter. */
export function PasswordStrength({ password, known }: { password: string; known: readonly string[] }) {
  const translate = useTranslate();
  const label = useId();
  // Fetched once, with the first letter; without a network there is no bar, and the server judges all the same.
  const { data: judge } = useQuery({
    queryKey: ['password-strength'],
    queryFn: () => import('./passwordStrength.js'),
    enabled: password !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!judge || password === '') return null;
  const score = judge.scoreOf(password, known);
  const short = password.length < PASSWORD_LENGTH.least;
  const enough = !short && score >= PASSWORD_STRENGTH.leastScore;
  return (
    <Box sx={{ mt: -1 }}>
      <LinearProgress
        variant="determinate"
        value={((score + 1) / (MOST + 1)) * 100}
        color={enough ? 'success' : score >= 2 ? 'warning' : 'error'}
        aria-labelledby={label}
        sx={{ height: 6, borderRadius: 3, mb: 0.5 }}
      />
      <Typography id={label} variant="caption" role="status" color="text.secondary">
        {translate(`account.strength.${short ? 'short' : score}`)}
      </Typography>
    </Box>
  );
}
