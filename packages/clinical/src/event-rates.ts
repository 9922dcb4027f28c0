/** Adverse events per 1,000 injections, with the interval that says how much a small number can be trusted. */

export interface EventRate {
  events: number;
  injections: number;
  /** Events per 1,000 injections; `null` where nothing was injected. */
  perThousand: number | null;
  /** The 95 % interval of `perThousand`. */
  low: number | null;
  high: number | null;
}

const TAIL = 0.025;
/** Far below what a rate is rounded to. */
const PRECISION = 1e-9;

/**
 * `events` (a count, 0 or more) over `injections` (the exposure), per 1,000, with the 95 % mid-P interval of a Poisson count.
 * Poisson, because an injection may be followed by more than one event, so that events are no part of injections; mid-P, because the
 * exact interval of so few events is far wider than it says. Source: Cohen & Yang, *Mid-P confidence intervals for the Poisson
 * expectation*, Stat Med 1994;13:2189–2203. Throws a RangeError for anything but whole numbers from 0 on.
 */
export function eventRate(events: number, injections: number): EventRate {
  if (!Number.isSafeInteger(injections) || injections < 0) throw new RangeError('injections is a count');
  const [low, high] = poissonMidP(events);
  const per = (count: number) => (injections === 0 ? null : (count / injections) * 1000);
  return { events, injections, perThousand: per(events), low: per(low), high: per(high) };
}

/**
 * The 95 % mid-P interval for the expectation of a Poisson count (Cohen & Yang 1994): the expectations under which half the
 * probability of the count itself, with all beyond it, is 2.5 %. Nothing seen gives 0 to 2.996 (the rule of three).
 */
export function poissonMidP(count: number): [low: number, high: number] {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count is a whole number from 0 on');
  const logFactorial = logOfFactorial(count);
  // Half of the count itself and all below it: falls from 1 to 0 as the expectation grows.
  const atMost = (mean: number) => {
    // In logarithms: a power of the expectation would overflow from about 170 events on.
    let term = mean === 0 ? (count === 0 ? 1 : 0) : Math.exp(count * Math.log(mean) - mean - logFactorial);
    let sum = term / 2;
    for (let seen = count; seen > 0; seen--) {
      term *= seen / mean;
      sum += term;
    }
    return sum;
  };
  const high = solve((mean) => atMost(mean) - TAIL, count, 2 * count + 20);
  const low = count === 0 ? 0 : solve((mean) => atMost(mean) - (1 - TAIL), 0, count);
  return [low, high];
}

function logOfFactorial(n: number): number {
  let sum = 0;
  for (let factor = 2; factor <= n; factor++) sum += Math.log(factor);
  return sum;
}

/** Where a falling function is zero between `from` and `to`, by halving. */
function solve(falling: (mean: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > PRECISION * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
