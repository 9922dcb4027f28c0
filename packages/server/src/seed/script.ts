/** What happens to one made-up patient, in the words of the ward; `history.ts` turns it into days, doses and results. */
import type { Cause, DeclineReason, MonitoringPlan, Regimen, Substance } from '@vastus/clinical';
import type { Chance } from './random.js';

export type Completeness = 'complete' | 'partial' | 'missing';

export interface EventScript {
  kind: 'urgent' | 'injury' | 'inflammatory' | 'benign';
  /** Onset so many days ago, after the dose given that day. The course has no later dose unless injections went on elsewhere. */
  daysAgo: number;
  decision: 'oral' | 'continue-im' | null;
  /** Days from onset to the examination that found it gone. */
  resolvedAfterDays: number | null;
}

export interface Script {
  substance: Extract<Substance, 'cyanocobalamin' | 'hydroxocobalamin' | 'methylcobalamin'>;
  regimen: Regimen;
  cause: Cause;
  neurological: boolean;
  maintenanceMonths: number;
  monitoringPlan: MonitoringPlan;
  /** Doses of the loading phase so far, and of the maintenance that follows. */
  loadingDoses: number;
  maintenanceDoses: number;
  /** The next dose is due in so many days; negative: it is late. */
  dueInDays: number;
  /** Instead of `dueInDays`: the last dose was given so many days ago. 0 is an hour ago. */
  lastDoseDaysAgo?: number;
  baseline: Completeness;
  /** How complete the laboratory checks of the past are, one by one. */
  checks: (months: number, chance: Chance) => Completeness;
  /** Homocysteine of the later checks stays above its target. */
  slowResponse: boolean;
  renalDysfunction: boolean | null;
  event: EventScript | null;
  ended: 'moved-away' | 'declined' | 'died' | null;
  /** Yesterday somebody called about the next dose. */
  call?: CallScript;
}

export type CallScript = { outcome: 'will-come' | 'call-again'; inDays: number } | { outcome: 'declined'; declineReason: DeclineReason };

export const LOADING_TOTAL: Readonly<Record<Regimen, number>> = {
  'loading-alternate-days': 10,
  'loading-three-weekly-neurological': 6,
  'loading-three-weekly': 6,
  'methylcobalamin-three-weekly': 12,
  maintenance: 0,
};

const usualCheck = (_months: number, chance: Chance): Completeness =>
  chance.weighted([
    ['complete', 78],
    ['partial', 10],
    ['missing', 12],
  ]);

/** A patient as a clinic sees them: most are well, some are late, few are hurt. `null`: registered, and never treated. */
export function drawScript(chance: Chance): Script | null {
  if (chance.happens(0.1)) return null;
  const neurological = chance.happens(0.35);
  const renalDysfunction = chance.weighted([
    [null, 60],
    [false, 32],
    [true, 8],
  ]);
  const substance = chance.weighted<Script['substance']>([
    ['hydroxocobalamin', 70],
    ['cyanocobalamin', renalDysfunction ? 0 : 22],
    ['methylcobalamin', 8],
  ]);
  const regimen = drawRegimen(chance, substance, neurological);
  const maintenanceMonths = chance.weighted([
    [2, 70],
    [3, 20],
    [1, 10],
  ]);
  const total = LOADING_TOTAL[regimen];
  const isLoading = total > 0 && chance.happens(0.06);
  const months = chance.whole(1, 30);
  const event = chance.happens(0.005) ? drawEvent(chance) : null;
  return {
    substance,
    regimen,
    cause: chance.weighted<Cause>([
      ['pernicious-anemia', 34],
      ['diet', 18],
      ['metformin', 14],
      ['gastric-surgery', 10],
      ['ileal-surgery', 5],
      ['crohns-disease', 5],
      ['other', 8],
      ['unknown', 6],
    ]),
    neurological,
    maintenanceMonths,
    monitoringPlan: chance.weighted<MonitoringPlan>([
      ['MON-3-6-12', 84],
      ['MON-Q3', 12],
      ['none', 4],
    ]),
    loadingDoses: isLoading ? chance.whole(1, total - 1) : total,
    maintenanceDoses: isLoading ? 0 : Math.max(regimen === 'maintenance' ? 1 : 0, Math.floor(months / maintenanceMonths)),
    dueInDays: drawDue(chance, isLoading, maintenanceMonths),
    baseline: chance.weighted<Completeness>([
      ['complete', 84],
      ['partial', 10],
      ['missing', 6],
    ]),
    checks: usualCheck,
    slowResponse: chance.happens(0.12),
    renalDysfunction,
    event,
    ended:
      event === null && chance.happens(0.06)
        ? chance.weighted([
            ['moved-away', 5],
            ['declined', 3],
            ['died', 2],
          ] as const)
        : null,
  };
}

function drawRegimen(chance: Chance, substance: Script['substance'], neurological: boolean): Regimen {
  if (chance.happens(0.12)) return 'maintenance';
  if (substance === 'methylcobalamin') return 'methylcobalamin-three-weekly';
  if (!neurological) return 'loading-three-weekly';
  return chance.happens(0.8) ? 'loading-alternate-days' : 'loading-three-weekly-neurological';
}

/** Nearly everybody is on time; of the late ones most are a little late. */
function drawDue(chance: Chance, isLoading: boolean, maintenanceMonths: number): number {
  if (isLoading)
    return chance.weighted([
      [0, 40],
      [1, 40],
      [-1, 12],
      [-3, 5],
      [-6, 3],
    ] as const);
  const late = chance.weighted([
    [0, 88],
    [1, 7],
    [2, 3],
    [3, 2],
  ] as const);
  if (late === 1) return -chance.whole(1, 6);
  if (late === 2) return -chance.whole(7, 27);
  if (late === 3) return -chance.whole(28, 120);
  return chance.whole(0, maintenanceMonths * 30 - 4);
}

function drawEvent(chance: Chance): EventScript {
  const kind = chance.weighted<EventScript['kind']>([
    ['benign', 40],
    ['inflammatory', 25],
    ['injury', 20],
    ['urgent', 15],
  ]);
  const daysAgo = chance.whole(1, 300);
  const heals = chance.happens(kind === 'urgent' ? 0.4 : 0.75);
  const resolvedAfterDays = heals ? chance.whole(kind === 'benign' ? 1 : 6, kind === 'urgent' ? 120 : 30) : null;
  const decision = chance.weighted<EventScript['decision']>([
    ['oral', 50],
    ['continue-im', 40],
    [null, daysAgo < 2 ? 30 : 3],
  ]);
  return { kind, daysAgo, decision, resolvedAfterDays };
}
