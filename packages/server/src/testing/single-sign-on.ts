// The API with a provider of identities behind it, and one person after the other who signs in there.
import { finishSingleSignOn, startSingleSignOn } from '@vastus/contract';
import { createApi } from '../create-api.js';
import type { Config, SingleSignOnConfig } from '../platform/config.js';
import { Logger, type RootLogger } from '../platform/log.js';
import { Queues } from '../platform/queue/queues.js';
import { createAccount } from '../platform/sign-in/accounts.js';
import { Client } from './clients.js';
import { type ProviderPerson, TestProvider } from './identity-provider.js';
import { startTestApi, type TestApi, type TestClinic } from './test-api.js';

export const CLIENT_SECRET = 'the client secret of a test, which no log may hold';
export const TWO_FACTORS = 'urn:example:two-factors';
export const BACK = ['http://localhost/login', 'https://clinic.example/login'];
export const CLIENTS = [
  { client_id: 'vastus', client_secret: CLIENT_SECRET, redirect_uris: BACK },
  { client_id: 'another', client_secret: 'of another', redirect_uris: BACK },
];
const PASSWORD = 'correct horse battery staple';
const COOKIE = 'vastus.single-sign-on';

interface Way {
  /** What happens to the address on the way to the provider. */
  change?: (location: URL) => void;
  to?: string;
  /** The provider has to ask who sits there. */
  fresh?: boolean;
  door?: Client;
  /** Another name at the provider. */
  as?: string;
  /** A session that this browser has already. */
  signedIn?: string;
}

/** The whole of a cookie that was set, or of the one among several. */
export const cookieOf = (headers: Record<string, unknown>, name: string) =>
  [headers['set-cookie']]
    .flat()
    .map(String)
    .find((cookie) => cookie.startsWith(`${name}=`));
/** As the browser sends it back. */
export const pairOf = (cookie: string | undefined) => String(cookie).split(';')[0]!;

export class SignOnScene {
  readonly password = PASSWORD;
  readonly log: string[] = [];
  clinic!: TestClinic;
  login!: string;
  email!: string;
  userId!: string;
  membershipId!: string;
  api!: TestApi;
  private serial = 0;

  private constructor(
    readonly provider: TestProvider,
    readonly settings: SingleSignOnConfig,
  ) {}

  /** With all modules, unless only some are asked for. */
  static async start(modules?: readonly (new () => object)[]): Promise<SignOnScene> {
    const provider = await TestProvider.start(CLIENTS);
    const scene = new SignOnScene(provider, {
      issuer: provider.issuer,
      clientId: 'vastus',
      clientSecret: CLIENT_SECRET,
      name: 'Clinic Group',
      clinicIds: undefined,
      twoFactorAcr: [TWO_FACTORS],
      emailVerifiedBy: 'email_verified',
      askAgain: true,
    });
    const config = { singleSignOn: scene.settings, trustedProxies: '127.0.0.1' };
    scene.api = await startTestApi({ modules, config, onLog: (line) => scene.log.push(line) });
    return scene;
  }

  async close(): Promise<void> {
    await this.api?.close();
    await this.provider.close();
  }

  /** A nurse of a new clinic, whom the provider knows by the same address. */
  async newPerson(): Promise<void> {
    await this.provider.spoil(null);
    this.clinic = await this.api.newClinic();
    this.login = `nadia-${++this.serial}`;
    this.email = `${this.login}@example.org`;
    const { email, password } = this;
    const now = this.api.clock.now();
    this.userId = await this.api.database.anywhere((q) => createAccount(q, now, { email, name: 'Nadia Nurse', password }));
    this.membershipId = await this.clinic.employ(this.userId, 'nurse');
    await this.known();
  }

  /** What the provider knows of them. */
  known({ claims, ...rest }: Partial<ProviderPerson> = {}): Promise<void> {
    return this.provider.person({ login: this.login, claims: { email: this.email, email_verified: true, ...claims }, ...rest });
  }

  /** Another process on the same database. */
  beside(changes: Partial<Config> = {}) {
    const { app, config } = this.api;
    return createApi({ ...config, ...changes }, { queues: app.get(Queues), logger: app.get(Logger) as RootLogger, modules: [] });
  }

  at(app = this.api.app): Client {
    return new Client(app);
  }

  get address(): string {
    return `10.2.${this.serial}.1`;
  }

  get from(): Record<string, string> {
    return { 'x-forwarded-for': this.address };
  }

  async begin({ to, fresh, door = this.at(), signedIn }: Way = {}) {
    const { status, body, headers } = await door.call(startSingleSignOn, {
      body: { to, fresh },
      headers: { ...this.from, ...(signedIn ? { cookie: signedIn } : {}) },
    });
    if (status !== 200) throw new Error(`the way to the provider is closed: ${status} ${body.code}`);
    return { location: new URL(body.location), cookie: pairOf(cookieOf(headers, COOKIE)) };
  }

  finish(query: string, cookie: string | undefined, door = this.at()) {
    return door.call(finishSingleSignOn, { body: { query }, headers: { ...this.from, ...(cookie === undefined ? {} : { cookie }) } });
  }

  /** The whole way, there and back. */
  async enter(way: Way = {}) {
    const { location, cookie } = await this.begin(way);
    way.change?.(location);
    const query = await this.provider.visit(location.href, way.as ?? this.login);
    const cookies = way.signedIn ? `${cookie}; ${way.signedIn}` : cookie;
    const { status, body, headers } = await this.finish(query, cookies, way.door);
    const session = cookieOf(headers, 'vastus.session');
    return { status, code: body.code, body, query, cookie, session, client: new Client(this.api.app, session && pairOf(session)) };
  }

  /** The way of somebody who must get in. */
  async entered(way?: Way) {
    const result = await this.enter(way);
    if (result.status !== 200) throw new Error(`not let in: ${result.status} ${result.code}`);
    return result;
  }

  /** The way of somebody who must not: why. */
  async refusal(way?: Way): Promise<string> {
    const { status, code, session } = await this.enter(way);
    if (session !== undefined) throw new Error('somebody refused has a session');
    return `${status} ${code}`;
  }
}
