/** The rules while the nurse types: the same functions as on the server, on the same facts. */
import {
  adviseSites,
  checkInjection,
  dateInZone,
  type Finding,
  type Instant,
  type PatientFacts,
  type ProtocolParameters,
  type SiteAdvice,
  type SiteId,
} from '@vastus/clinical';
import { type FindingOut, type Lot, type Product, ROUTES } from '@vastus/contract';
import { useDeferredValue, useMemo } from 'react';
import { useAnswer } from '../api/queries.js';
import { type InjectionDraft, toProposed, volumeOf } from './draft.js';

export interface KnownFacts {
  facts: PatientFacts;
  protocol: ProtocolParameters;
}

/** What the rules know about the patient, kept fresh: a stop somebody else causes must show here too. */
export function useFacts(patientId: string | null) {
  const answer = useAnswer(ROUTES.readFacts, { params: { patientId: patientId ?? '' } }, { enabled: patientId !== null, staleTime: 0 });
  const known = useMemo<KnownFacts | null>(
    () =>
      answer.data ? { facts: answer.data.facts as PatientFacts, protocol: answer.data.protocol as unknown as ProtocolParameters } : null,
    [answer.data],
  );
  return { known, error: answer.error, retry: answer.refetch };
}

interface Situation {
  known: KnownFacts | null;
  product: Product | null;
  lot: Lot | null;
  now: Instant;
  amendsInjectionId?: string;
}

export interface RulesAnswer {
  advice: SiteAdvice[];
  /** The chosen site, or the advised one while nobody has chosen. */
  site: SiteId | null;
  findings: Finding[];
}

export function useRules(draft: InjectionDraft, { known, product, lot, now, amendsInjectionId }: Situation): RulesAnswer {
  // Typing stays quick on a slow tablet: the rules may lag a keystroke behind, and the server asks again before anything is written.
  const settled = useDeferredValue(draft);
  return useMemo(() => {
    if (!known) return { advice: [], site: settled.site, findings: [] };
    const at = settled.givenAt ?? now;
    const advice = adviseSites(known.facts, known.protocol, dateInZone(at, known.facts.zone), {
      volumeMl: volumeOf(settled, product),
      skinFindings: settled.skinFindings,
      amendsInjectionId,
      at,
    });
    const site = settled.route === 'IM' ? (settled.site ?? advice.find(({ state }) => state === 'recommended')?.site ?? null) : null;
    const findings = product
      ? checkInjection(toProposed(settled, { ...known, product, lot, site, now, amendsInjectionId }), known.facts, known.protocol, now)
      : [];
    return { advice, site, findings };
  }, [settled, known, product, lot, now, amendsInjectionId]);
}

const same = (a: Pick<FindingOut, 'ruleId' | 'code'>, b: Pick<FindingOut, 'ruleId' | 'code'>) => a.ruleId === b.ruleId && a.code === b.code;

/** What the server found that was not on screen: records made meanwhile by somebody else. */
export function unseen(server: readonly FindingOut[], local: readonly Finding[]): FindingOut[] {
  return server.filter((finding) => !local.some((known) => same(known, finding)));
}

/** Local and server findings together, each once, stops first. */
export function joined(local: readonly Finding[], server: readonly FindingOut[]): FindingOut[] {
  const all = [...local, ...unseen(server, local)] as FindingOut[];
  return [...all.filter(({ severity }) => severity === 'block'), ...all.filter(({ severity }) => severity === 'warn')];
}
