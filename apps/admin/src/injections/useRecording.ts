/** Sending a dose: asked of the server first, written once however often the button is pressed, nothing lost when it fails. */
import { useQueryClient } from '@tanstack/react-query';
import type { Finding } from '@vastus/clinical';
import { type Answer, type FindingOut, ROUTES } from '@vastus/contract';
import { useRef, useState } from 'react';
import { call, type Sent } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { answerKey, refreshAll } from '../api/queries.js';

export type Recorded = Answer<typeof ROUTES.recordInjection>;
type Body = Sent<typeof ROUTES.recordInjection>['body'];
type Question = Sent<typeof ROUTES.checkInjectionRoute>['body'];

/** What a dose changed when it was recorded; gone after a reload. */
export const changesKey = (injectionId: string) => ['changes-of', injectionId];

interface State {
  busy: boolean;
  problem: unknown;
  /** What the server found; shown beside what the page found itself. */
  findings: FindingOut[];
  /** The server knew more than this page when it was asked: nothing was written, somebody has to look first. */
  news: boolean;
  recorded: Recorded | null;
}

const IDLE: State = { busy: false, problem: null, findings: [], news: false, recorded: null };

export function useRecording(patientId: string) {
  const queryClient = useQueryClient();
  const [state, setState] = useState(IDLE);
  const pending = useRef(false);
  // One key for one form. It is renewed only after a clear refusal: after silence the dose may have been written.
  const key = useRef(crypto.randomUUID() as string);

  async function send(body: Body, ask?: { question: Question; known: readonly Finding[] }): Promise<Recorded | null> {
    if (pending.current || state.recorded) return null;
    pending.current = true;
    setState((before) => ({ ...before, busy: true, problem: null, news: false }));
    try {
      if (ask) {
        const { findings } = await call(ROUTES.checkInjectionRoute, { params: { patientId }, body: ask.question, patient: true });
        if (findings.some((finding) => !ask.known.some(({ ruleId, code }) => ruleId === finding.ruleId && code === finding.code))) {
          setState((before) => ({ ...before, busy: false, findings, news: true }));
          return null;
        }
      }
      const recorded = await call(ROUTES.recordInjection, { params: { patientId }, body, idempotencyKey: key.current });
      setState({ ...IDLE, recorded });
      // The page of the recorded dose has it at once, and what followed from it as long as the page is open: in memory, never on disk.
      const { injection, changes } = recorded;
      queryClient.setQueryData(answerKey(ROUTES.readInjection, { params: { injectionId: injection.id } }), injection);
      queryClient.setQueryData(changesKey(injection.id), changes);
      void refreshAll(queryClient);
      return recorded;
    } catch (problem) {
      const refused = problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500;
      if (refused && problem.code !== 'idempotency-key-reused') key.current = crypto.randomUUID();
      const findings = problem instanceof ApiProblem ? problem.findings : [];
      setState((before) => ({ ...before, busy: false, problem, findings: findings.length > 0 ? findings : before.findings }));
      return null;
    } finally {
      pending.current = false;
    }
  }

  /** The facts of the form changed: what the server said about the old ones is no longer shown. */
  function forget(): void {
    setState((before) =>
      before.findings.length > 0 || before.problem || before.news ? { ...before, problem: null, findings: [], news: false } : before,
    );
  }

  return { ...state, send, forget };
}
