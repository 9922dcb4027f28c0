// A real provider of identities in a process of its own (infra/jest/identity-provider.mjs), and somebody who fills in its forms.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const PROGRAM = path.join(__dirname, '../../../../infra/jest/identity-provider.mjs');

export interface ProviderClient {
  client_id: string;
  client_secret: string;
  redirect_uris: string[];
  token_endpoint_auth_method?: 'client_secret_basic' | 'client_secret_post';
}
export interface ProviderPerson {
  /** Their name at the provider, and their subject. */
  login: string;
  claims: { email?: string; email_verified?: boolean; xms_edov?: boolean | number | string };
  amr?: string[];
  acr?: string;
}
export type Spoil = 'signature' | 'audience' | 'issuer' | 'expired' | 'long-ago' | 'no-nonce';

const STEPS_AT_MOST = 12;

export class TestProvider {
  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
  ) {}

  /** `claims`: whether what is asked for one by one comes in the ID token; else the address is only at the userinfo endpoint. */
  static async start(clients: readonly ProviderClient[], { claims = true, port = 0 } = {}): Promise<TestProvider> {
    const child = fork(PROGRAM, [JSON.stringify({ port, clients, claims })], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
    return new TestProvider(child, issuer);
  }

  get port(): number {
    return Number(new URL(this.issuer).port);
  }

  person(person: ProviderPerson): Promise<void> {
    return this.tell({ person });
  }

  /** What is wrong with every ID token from now on. */
  spoil(spoil: Spoil | null): Promise<void> {
    return this.tell({ spoil });
  }

  /** Goes where the browser was sent, signs in and agrees; answers the query with which the browser is sent back. */
  async visit(location: string, login: string, { back = '/login', cancel = false } = {}): Promise<string> {
    const jar = new Map<string, string>();
    let url = new URL(location);
    let form: URLSearchParams | undefined;
    for (let step = 0; step < STEPS_AT_MOST; step++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers: { cookie }, redirect: 'manual' });
      for (const set of response.headers.getSetCookie()) {
        const [name, value] = set.split(';', 1)[0]!.split('=', 2);
        if (value) jar.set(name!, value);
        else jar.delete(name!);
      }
      form = undefined;
      const next = response.headers.get('location');
      const text = await response.text();
      if (next) {
        url = new URL(next, url);
        if (url.pathname === back) return url.search;
      } else if (response.ok) form = new URLSearchParams({ login, go: cancel ? 'back' : 'on' });
      else throw new Error(`the provider answered ${response.status}: ${text.slice(0, 300)}`);
    }
    throw new Error('the provider sends the browser in circles');
  }

  async close(): Promise<void> {
    if (!this.child.connected) return;
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }

  private async tell(message: object): Promise<void> {
    const heard = once(this.child, 'message');
    this.child.send(message);
    await heard;
  }
}
