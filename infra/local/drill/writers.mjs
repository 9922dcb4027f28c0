// Nurses at work: each write carries a key, and is repeated with it until it is answered – or given up, as people do.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from '../../../packages/server/dist/seed/random.js';
import { DEMO_PASSWORD, demoEmail } from '../demo.mjs';

const PATIENCE_MS = 20_000;
/** Waiting longer would only make the drill longer. */
const LONGEST_PAUSE_MS = 1_000;
const GIVEN_UP = 0.04;
const IMPATIENT = 0.03;
const PATIENTS_PER_WRITE = 1 / 14;
const DAY_MS = 86_400_000;
const KINDS = [
  ['injection', 5],
  ['lab-result', 4],
  ['adverse-event', 2],
];
const SITES = [
  'ventrogluteal-right',
  'ventrogluteal-left',
  'deltoid-right',
  'deltoid-left',
  'vastus-lateralis-right',
  'vastus-lateralis-left',
];
const ANALYTES = [
  ['2132-9', 'pg/mL', 80, 900],
  ['13965-9', 'umol/L', 6, 40],
  ['2823-3', 'mmol/L', 3, 5],
];

export class Ward {
  #stopped = false;
  #resting = false;
  #busy = 0;
  #patients = [];
  #lastAnswer;
  /** Every write that was begun: kind, marker, and what became of it. */
  writes = [];
  retries = 0;
  lostAnswers = 0;
  longestOutageMs = 0;
  /** Answers that nobody should get, however bad things are. */
  strange = [];

  constructor(system, seed, { writers, pauseMs }) {
    Object.assign(this, { system, seed, writers, pauseMs });
  }

  get acknowledged() {
    return this.writes.filter(({ state }) => state === 'acknowledged');
  }

  /** Signs in and receives the lot the doses come from, before anything goes wrong. */
  async open() {
    this.cookies = { nurse: await this.#signIn('nurse'), physician: await this.#signIn('physician') };
    const { items } = await this.#expect('GET', '/products');
    this.product = items.find(({ substance }) => substance === 'hydroxocobalamin');
    const lot = { productId: this.product.id, lotNumber: 'DRILL', expiresOn: this.#dayIn(700) };
    this.lot = await this.#expect('POST', '/lots', lot);
  }

  begin() {
    this.#lastAnswer = performance.now();
    this.ended = Promise.all(Array.from({ length: this.writers }, (_, n) => this.#work(new Chance(`${this.seed}/writer ${n}`))));
    this.ended.catch(() => {});
  }

  /** Everybody finishes what they have in hand, `work` is done, everybody goes on. */
  async rest(work) {
    this.#resting = true;
    while (this.#busy > 0) await sleep(20);
    await work();
    this.#lastAnswer = performance.now();
    this.#resting = false;
  }

  async stop() {
    this.#stopped = true;
    await this.ended;
  }

  async #work(chance) {
    while (!this.#stopped) {
      if (!this.#resting) {
        this.#busy += 1;
        try {
          await this.#next(chance);
        } finally {
          this.#busy -= 1;
        }
      }
      await sleep(chance.whole(...this.pauseMs));
    }
  }

  async #next(chance) {
    if (this.#patients.length < 4 || chance.happens(PATIENTS_PER_WRITE)) return this.#admit(chance);
    const patient = chance.pick(this.#patients);
    const kind = patient.doses.length === 0 ? 'injection' : chance.weighted(KINDS);
    if (kind === 'injection') {
      const body = this.#dose(chance, patient);
      const injection = (await this.#write(chance, kind, `/patients/${patient.id}/injections`, body))?.injection;
      if (injection) patient.doses.push({ id: injection.id, givenAt: body.givenAt });
    } else if (kind === 'lab-result') await this.#write(chance, kind, `/patients/${patient.id}/lab-results`, this.#result(chance));
    else await this.#write(chance, kind, `/patients/${patient.id}/adverse-events`, this.#event(chance, patient));
  }

  async #admit(chance) {
    const marker = randomUUID();
    const person = { familyName: 'Drill', givenName: 'Patient', birthDate: '1960-05-17', sex: 'female', recordNumber: marker };
    const patient = await this.#write(chance, 'patient', '/patients', person, { marker });
    if (!patient) return;
    const course = {
      productId: this.product.id,
      cause: 'pernicious-anemia',
      neurologicalInvolvement: chance.happens(0.3),
      regimen: 'maintenance',
      startedOn: this.#dayIn(-120),
    };
    const answer = await this.#write(chance, 'course', `/patients/${patient.id}/courses`, course, {
      who: 'physician',
      field: 'indication',
    });
    if (answer) this.#patients.push({ id: patient.id, courseId: answer.course.id, doses: [] });
  }

  #dayIn(days) {
    return new Date(this.system.now() + days * DAY_MS).toISOString().slice(0, 10);
  }

  #ago(chance, days) {
    return new Date(this.system.now() - 60_000 - Math.floor(chance.next() * days * DAY_MS)).toISOString();
  }

  // Given is given: what a rule would have stopped is recorded all the same, and says so.
  #dose(chance, { courseId }) {
    return {
      courseId,
      productId: this.product.id,
      lotId: this.lot.id,
      doseMicrograms: this.product.defaultDoseMicrograms,
      volumeMl: 1,
      site: chance.pick(SITES),
      givenAt: this.#ago(chance, 100),
      identityChecked: true,
      baseline: { pain: chance.whole(0, 4), sensory: 'normal', motor: 'normal' },
      alreadyGiven: { reason: 'told by the ward round' },
    };
  }

  #result(chance) {
    const [loinc, unit, least, most] = chance.pick(ANALYTES);
    return { loinc, unit, value: chance.whole(least, most), collectedAt: this.#ago(chance, 100) };
  }

  #event(chance, { doses }) {
    const dose = chance.pick(doses);
    const assessment = {
      onset: chance.pick(['seconds-to-minutes', 'hours', 'days']),
      distribution: chance.pick(['localized', 'dermatomal', 'diffuse']),
      motor: chance.pick(['none', 'weakness', 'foot-or-wrist-drop']),
      radiatingPain: chance.happens(0.5),
    };
    return { injectionId: dose.id, onsetAt: dose.givenAt, assessment };
  }

  /** The answer's body once it is acknowledged; undefined where it was refused, or given up. */
  async #write(
    chance,
    kind,
    path,
    body,
    { who = 'nurse', marker = randomUUID(), field = kind === 'adverse-event' ? 'narrative' : 'note' } = {},
  ) {
    const marked = kind === 'patient' ? body : { ...body, [field]: marker };
    const write = { kind, marker, state: 'open', attempts: 0 };
    this.writes.push(write);
    const ask = () => this.#send(chance, 'POST', path, { body: marked, who, key: marker });
    for (; ; this.retries += 1) {
      write.attempts += 1;
      // The same click twice: the second finds the first at work, at the other door as often as at the same.
      const answers = chance.happens(IMPATIENT) ? await Promise.all([ask(), ask()]) : [await ask()];
      const settled = answers.find(({ status }) => status > 0 && status < 500 && status !== 429);
      if (settled) return this.#settle(write, settled);
      const lost = answers.some(({ status }) => status === 0);
      if (lost) this.lostAnswers += 1;
      if (lost && chance.happens(GIVEN_UP)) {
        write.state = 'given up';
        return undefined;
      }
      await sleep(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** write.attempts) * (0.5 + chance.next() / 2));
    }
  }

  #settle(write, { status, body }) {
    const now = performance.now();
    this.longestOutageMs = Math.max(this.longestOutageMs, now - this.#lastAnswer);
    this.#lastAnswer = now;
    write.status = status;
    if (status === 201) {
      const record = body.injection ?? body.result ?? body.event ?? body.course ?? body;
      Object.assign(write, { state: 'acknowledged', id: record.id });
      return body;
    }
    Object.assign(write, { state: 'refused', code: body.code });
    // Every write here is one a nurse may make.
    this.strange.push(`${write.kind} was refused with ${status} ${body.code} ${JSON.stringify(body.issues ?? body.findings ?? '')}`);
    return undefined;
  }

  /** One attempt at one of the doors; status 0: nobody answered, or the answer was lost. */
  async #send(chance, method, path, { body, who = 'nurse', key, cookie = this.cookies?.[who] }) {
    try {
      const response = await fetch(`${chance.pick(this.system.doors)}/api${path}`, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(cookie && { cookie }),
          ...(key && { 'idempotency-key': key }),
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const { status, headers } = response;
      const answer = await response.json();
      if (status >= 500 && !(status === 503 && headers.get('retry-after')))
        this.strange.push(
          `${method} ${path.replace(/[0-9a-f-]{36}/, '…')} was answered ${status} ${answer.code}, Retry-After ${headers.get('retry-after')}`,
        );
      return { status, body: answer, cookies: headers.getSetCookie() };
    } catch {
      return { status: 0 };
    }
  }

  async #signIn(role) {
    const body = { email: demoEmail(role), password: DEMO_PASSWORD };
    const { status, body: answer, cookies } = await this.#send(new Chance(role), 'POST', '/session', { body });
    if (status !== 200 && status !== 201) throw new Error(`the ${role} cannot sign in: ${status} ${JSON.stringify(answer)}`);
    return cookies.map((text) => text.split(';')[0]).join('; ');
  }

  async #expect(method, path, body) {
    const { status, body: answer } = await this.#send(new Chance(path), method, path, { body });
    if (status >= 400 || status === 0) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
