/** A queue that does not move under the eyes of who reads it: what is new is counted, not shown, until it is asked for. */
import type { AlertPerson, AlertRow } from '@vastus/contract';
import { useState } from 'react';

export interface SteadyAlert {
  alert: AlertRow;
  /** It has left the queue since it was shown: closed, snoozed or ended by somebody else. */
  gone: boolean;
}
export interface SteadyPerson extends Omit<AlertPerson, 'alerts'> {
  alerts: SteadyAlert[];
}
export interface SteadyQueue {
  people: SteadyPerson[];
  /** Alerts that wait above or between what is shown. */
  news: number;
}

const shownAsIs = (people: readonly AlertPerson[]): SteadyPerson[] =>
  people.map((person) => ({ ...person, alerts: person.alerts.map((alert) => ({ alert, gone: false })) }));

/**
 * What is shown goes on being shown, in its order and with its latest state; who comes after the last shown person is added below,
 * where it moves nothing.
 */
export function steady(shown: readonly SteadyPerson[], fresh: readonly AlertPerson[]): SteadyQueue {
  const byId = new Map(fresh.map((person) => [person.patient.id, person]));
  const known = new Set(shown.map(({ patient }) => patient.id));
  const last = fresh.findLastIndex(({ patient }) => known.has(patient.id));
  let news = 0;
  const people = shown.map((person): SteadyPerson => {
    const now = byId.get(person.patient.id);
    const alerts = person.alerts.map(({ alert }): SteadyAlert => {
      const latest = now?.alerts.find(({ id }) => id === alert.id);
      return latest ? { alert: latest, gone: false } : { alert, gone: true };
    });
    news += now?.alerts.filter(({ id }) => !person.alerts.some(({ alert }) => alert.id === id)).length ?? 0;
    return { ...(now ?? person), alerts };
  });
  const below = fresh.slice(last + 1).filter(({ patient }) => !known.has(patient.id));
  for (const { patient, alerts } of fresh.slice(0, last + 1)) if (!known.has(patient.id)) news += alerts.length;
  return { people: [...people, ...shownAsIs(below)], news };
}

interface Asked {
  /** Which question the rows answer; another one begins anew. */
  view: string;
  /** Changes whenever the rows were heard anew. */
  heardAt: number;
  ready: boolean;
}

export function useSteadyQueue(fresh: readonly AlertPerson[], { view, heardAt, ready }: Asked) {
  const [state, setState] = useState<SteadyQueue & Asked>({ view, heardAt: 0, ready: false, people: [], news: 0 });
  if (ready && (state.view !== view || state.heardAt !== heardAt || !state.ready)) {
    const anew = state.view !== view || !state.ready;
    setState({ view, heardAt, ready, ...(anew ? { people: shownAsIs(fresh), news: 0 } : steady(state.people, fresh)) });
  }
  return {
    people: state.view === view ? state.people : [],
    news: state.view === view ? state.news : 0,
    /** Shows everything in its place. */
    settle: () => setState((before) => ({ ...before, people: shownAsIs(fresh), news: 0 })),
  };
}
