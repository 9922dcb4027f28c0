import { Button, LinearProgress, Typography } from '@mui/material';
import { type NextStep, ROUTES, type Session, type SignInAnswer } from '@vastus/contract';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslate } from 'react-admin';
import { call } from '../api/client.js';
import { FactorForm } from './FactorForm.js';
import { SignInForm } from './SignInForm.js';

// Drawing a QR code is only fetched by who needs one.
const EnrolFactor = lazy(() => import('../account/EnrolFactor.js'));

interface SignInStepsProps {
  email?: string;
  /** Where the password was right already: what is still missing. */
  start?: NextStep['next'];
  /** Another way in than the password. */
  beside?: ReactNode;
  onSignedIn: (session: Session) => Promise<void>;
}

/** The whole way in: the password, then a code where there is a second factor, or setting one up where the clinic asks for it. */
export function SignInSteps({ email, start, beside, onSignedIn }: SignInStepsProps) {
  const translate = useTranslate();
  const [step, setStep] = useState<'password' | NextStep['next']>(start ?? 'password');
  const take = async (answer: SignInAnswer) => {
    if ('next' in answer) setStep(answer.next);
    else await onSignedIn(answer);
  };
  if (step === 'password')
    return (
      <>
        <SignInForm email={email} onSubmit={async (body) => take(await call(ROUTES.signIn, { body }))} />
        {beside}
      </>
    );
  return (
    <>
      {step === 'second-factor' ? (
        <FactorForm onSubmit={async (code) => take(await call(ROUTES.giveSecondFactor, { body: { code } }))} />
      ) : (
        <>
          <Typography variant="h2" sx={{ mb: 1 }}>
            {translate('account.factor.enrolTitle')}
          </Typography>
          <Typography color="text.secondary" sx={{ mb: 2 }}>
            {translate('account.factor.enrolText')}
          </Typography>
          <Suspense fallback={<LinearProgress aria-label={translate('app.problem.loading')} />}>
            <EnrolFactor onDone={async () => onSignedIn(await call(ROUTES.readSession, {}))} />
          </Suspense>
        </>
      )}
      <Button size="small" color="inherit" sx={{ mt: 2 }} onClick={() => setStep('password')}>
        {translate('app.signIn.fromStart')}
      </Button>
    </>
  );
}
