import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '@vastus/clinical';
import { type Answer, type Call, type Problem, pathOf, type RouteShape } from '@vastus/contract';
import { API_PREFIX } from '../platform/routing/handles.js';

type Optional<C> = { [K in keyof C as undefined extends C[K] ? never : K]: C[K] } & {
  [K in keyof C as undefined extends C[K] ? K : never]?: C[K];
};
export type Request<R extends RouteShape> = Optional<Call<R>> & { headers?: Record<string, string> };
type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; headers?: Record<string, string> };

/** A record may have a `status` of its own; the one of HTTP stands beside the body. */
type Refusal = Omit<Problem, 'status'>;

export interface Reply<T> {
  status: number;
  body: T;
  headers: Record<string, string | string[] | number | undefined>;
}

/** Somebody with a browser: keeps no state but the cookie. */
export class Client {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly cookie?: string,
  ) {}

  /** Any answer, whatever its status. */
  async call<R extends RouteShape>(shape: R, request?: Request<R>): Promise<Reply<Answer<R> & Refusal>> {
    const { params, query, body, headers } = (request ?? {}) as Loose;
    const given = Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([key, value]): [string, string] => [key, String(value)]);
    return this.send(
      shape.method,
      `${API_PREFIX}${pathOf(shape, params)}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`,
      body,
      headers,
    );
  }

  /** The answer of a call that must succeed; a refusal fails the test with the problem it answered. */
  async ok<R extends RouteShape>(shape: R, request?: Request<R>): Promise<Answer<R>> {
    const { status, body } = await this.call(shape, request);
    if (status >= 400) throw new Error(`${shape.method} ${shape.path} answered ${status}: ${JSON.stringify(body, null, 2)}`);
    return body;
  }

  /** What the contract cannot say: wrong types, broken JSON (a string body is sent as it is), other headers. */
  async send<T = Problem>(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const response = await this.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    const isJson = /json/.test(String(response.headers['content-type']));
    return { status: response.statusCode, body: (isJson ? response.json() : response.body) as T, headers: response.headers };
  }
}

export interface Member {
  role: Role;
  userId: string;
  membershipId: string;
  name: string;
  email: string;
  cookie: string;
}
