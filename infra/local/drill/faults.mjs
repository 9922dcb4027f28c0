// What goes wrong. Each fault happens to one part and says when that part is whole again; parts fail independently of each other.
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = [100, 1_500];

/** `part`: what is busy until the fault is over. `queue`: only where the queue lives there. */
export const FAULTS = {
  'api killed': { weight: 4, part: 'api-1', hit: (system, chance) => restarted(system, 'api-1', 'SIGKILL', chance) },
  'other api killed': { weight: 3, part: 'api-2', hit: (system, chance) => restarted(system, 'api-2', 'SIGKILL', chance) },
  'api told to end': { weight: 2, part: 'api-2', hit: (system, chance) => restarted(system, 'api-2', 'SIGTERM', chance) },
  'worker killed': { weight: 4, part: 'worker', hit: (system, chance) => restarted(system, 'worker', 'SIGKILL', chance) },
  'worker told to end': { weight: 1, part: 'worker', hit: (system, chance) => restarted(system, 'worker', 'SIGTERM', chance) },
  'PostgreSQL killed': { weight: 4, part: 'database', hit: (system, chance) => system.killPostgres(chance.whole(...PAUSE_MS)) },
  'a process of PostgreSQL killed': { weight: 2, part: 'database', hit: (system) => system.killServerProcess() },
  'connections terminated in PostgreSQL': {
    weight: 3,
    part: 'database',
    hit: (system, chance) => system.terminateConnections(chance.next()),
  },
  'connections to PostgreSQL cut': { weight: 3, part: 'database', hit: async (system) => system.gate('database').cut() },
  'PostgreSQL silent': { weight: 2, part: 'database', hit: (system, chance) => silent(system.gate('database'), chance) },
  'connections of clients cut': {
    weight: 4,
    part: 'doors',
    hit: async (system, chance) => system.gate(chance.pick(['api-1', 'api-2'])).cut(),
  },
  'queue emptied': { weight: 3, part: 'queue', hit: (system) => system.emptyQueue(), needs: ['database'] },
  'Redis killed': { weight: 3, part: 'queue', queue: 'redis', hit: (system, chance) => system.killRedis(chance.whole(...PAUSE_MS)) },
  'connections to Redis cut': { weight: 2, part: 'queue', queue: 'redis', hit: async (system) => system.gate('redis').cut() },
};

async function restarted(system, name, signal, chance) {
  const program = system.program(name);
  await program.hit(signal, chance.whole(...PAUSE_MS));
}

async function silent(gate, chance) {
  await gate.hush(() => sleep(chance.whole(300, 4_000)));
}

/** Chooses and hits; knows what is under way. */
export class Trouble {
  #underWay = new Map();
  #left = [];
  counts = {};
  failures = [];

  constructor(system, chance, heard) {
    Object.assign(this, { system, chance, heard });
  }

  get total() {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Something goes wrong with a part that is whole; answers at once. */
  strike() {
    const possible = Object.entries(FAULTS).filter(([, fault]) => this.#canHappen(fault));
    if (possible.length === 0) return;
    const kind = this.#next(Object.fromEntries(possible.map(([name, { weight }]) => [name, weight])));
    this.hit(kind);
  }

  hit(kind) {
    const fault = FAULTS[kind];
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.heard(kind);
    const over = fault
      .hit(this.system, this.chance)
      .catch((error) => this.failures.push(`${kind}: ${error.message}`))
      .finally(() => this.#underWay.delete(fault.part));
    this.#underWay.set(fault.part, over);
    return over;
  }

  /** Until every part is whole again and every program runs. */
  async untilWhole() {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
    for (const program of this.system.programs) await program.untilReady();
  }

  #canHappen({ part, queue, needs = [] }) {
    if (queue && queue !== this.system.queue) return false;
    if ([part, ...needs].some((name) => this.#underWay.has(name))) return false;
    const program = this.system.program(part);
    return !program || program.isReady;
  }

  // Each kind comes once before any comes again, so that a short drill has seen them all; afterwards by weight.
  #next(weights) {
    if (Object.keys(this.counts).length === 0) this.#left = Object.keys(FAULTS);
    const unseen = this.#left.filter((kind) => kind in weights);
    if (unseen.length === 0) return this.chance.weighted(Object.entries(weights));
    const kind = this.chance.pick(unseen);
    this.#left = this.#left.filter((name) => name !== kind);
    return kind;
  }
}
