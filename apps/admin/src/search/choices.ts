/** What the search offers for what is typed: patients whom the server found, deeds and pages whose words match, by permission. */
import type { PatientName } from '@vastus/contract';
import type { ComponentType } from 'react';
import { ENTRIES } from '../layout/Menu.js';
import type { SignedIn } from '../session/useSession.js';
import { DEEDS, type Doing, PATIENT_DEEDS } from './deeds.js';

export type Choice = { key: string; group: 'patients' | 'patient' | 'do' | 'go' } & (
  | { patient: PatientName }
  | { label: string; icon: ComponentType; to: string; doing?: Doing }
);

type Translate = (key: string) => string;

/** Lower case, without accents: “muller” finds “Müller”. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word typed begins a word of the label. */
export function matches(label: string, typed: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}

export function patientChoices(patient: PatientName, typed: string, { may }: Pick<SignedIn, 'may'>, translate: Translate): Choice[] {
  return PATIENT_DEEDS.filter(({ permission }) => may(permission))
    .map(({ name, to, icon, doing }) => ({
      key: `patient/${name}`,
      group: 'patient' as const,
      label: translate(`search.deed.${name}`),
      icon,
      to: to(patient.id),
      ...(doing && { doing }),
    }))
    .filter(({ label }) => matches(label, typed));
}

export function generalChoices(found: readonly PatientName[], typed: string, session: SignedIn, translate: Translate): Choice[] {
  const people: Choice[] = found.map((patient) => ({ key: patient.id, group: 'patients', patient }));
  const deeds: Choice[] = DEEDS.filter(({ permission }) => session.may(permission)).map(({ name, to, icon, doing }) => ({
    key: `do/${name}`,
    group: 'do',
    label: translate(`search.deed.${name}`),
    icon,
    to,
    ...(doing && { doing }),
  }));
  const pages: Choice[] = ENTRIES.filter(({ permission }) => permission === null || session.may(permission)).map(({ name, to, icon }) => ({
    key: `go/${name}`,
    group: 'go',
    label: translate(`app.menu.${name === 'home' && session.role === 'nurse' ? 'today' : name}`),
    icon,
    to,
  }));
  return [...people, ...[...deeds, ...pages].filter((choice) => 'label' in choice && matches(choice.label, typed))];
}
