import { screen } from '@testing-library/react';
import { open } from '../testing/screen.js';
import { PasswordStrength } from './PasswordStrength.js';
import { scoreOf } from './passwordStrength.js';

const KNOWN = ['Ada Arzt', 'ada.arzt@clinic.example'];
const show = (password: string) => open(<PasswordStrength password={password} known={KNOWN} />, { api: {} });

it('says how hard a password is to guess', async () => {
  show('marmalade tractor violin 41');
  expect(await screen.findByText('Very hard to guess')).toBeInTheDocument();
  expect(screen.getByRole('progressbar', { name: 'Very hard to guess' })).toHaveAttribute('aria-valuenow', '100');
});

it('says that a short one is too short', async () => {
  show('xK4$wz');
  expect(await screen.findByText('Too short')).toBeInTheDocument();
});

it('knows leaked passwords, rows of the keyboard, and what everybody knows about the person', () => {
  for (const easy of ['password1234', 'qwertyuiop12', 'ada.arzt@clinic', 'AdaArzt-Vastus-1', 'aaaaaaaaaaaaaaa'])
    expect(scoreOf(easy, KNOWN)).toBeLessThan(3);
  expect(scoreOf('marmalade tractor violin 41', KNOWN)).toBe(4);
});
