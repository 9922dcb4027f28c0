// Before the first request is taken: every declared route has one handler, and nothing is reachable that was not declared.
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PROVEN_PERMISSIONS, ROUTES, type RouteShape } from '@vastus/contract';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { STATIC_ROUTE } from '../http/static-files.js';
import { API_PREFIX, SHAPE } from './handles.js';

/** Reachable without a declaration, each for its reason. */
const UNDECLARED: Record<string, string> = {
  '/healthz': 'asked by whoever watches the process',
  '/readyz': 'asked by whoever sends it traffic',
  '/metrics': 'asked by Prometheus; a proxy keeps it inside',
  '/api/openapi.json': 'the declarations themselves',
  '/api/docs': 'the page that shows them',
  '/api/docs/:file': 'its files',
  [STATIC_ROUTE]: "the dashboard's files",
};

const bound = new WeakMap<FastifyInstance, { method: string; url: string }[]>();

/** Must see the instance before its first route. */
export function watchRoutes(fastify: FastifyInstance): void {
  const seen: { method: string; url: string }[] = [];
  bound.set(fastify, seen);
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) seen.push({ method: one, url });
  });
}

type Switches = Pick<Config, 'testClock' | 'singleSignOn'>;

/** The routes there are with this configuration. */
export function shapesOf({ testClock, singleSignOn }: Switches): [string, RouteShape][] {
  const isOn = { 'test-clock': testClock, 'single-sign-on': singleSignOn !== undefined };
  return Object.entries(ROUTES as Record<string, RouteShape>).filter(([, { onlyWith }]) => onlyWith === undefined || isOn[onlyWith]);
}

export function assertRoutesComplete(app: NestFastifyApplication, config: Switches, { partial = false } = {}): void {
  const faults = routeFaults(app, config, partial);
  if (faults.length > 0) throw new Error(`The routes are not complete:\n  ${faults.join('\n  ')}`);
}

function routeFaults(app: NestFastifyApplication, config: Switches, partial: boolean): string[] {
  const handlers = handlersByShape(app);
  const declared = shapesOf(config);
  const faults: string[] = [];
  for (const [name, shape] of declared) {
    const found = handlers.get(shape) ?? [];
    if (found.length === 0 && !partial) faults.push(`${name} (${shape.method} ${shape.path}) has no handler`);
    if (shape.proof === undefined && mayAskForProof(shape))
      faults.push(`${name} (${shape.method} ${shape.path}) does not say whether it asks for a fresh proof`);
    if (found.length > 1) faults.push(`${name} (${shape.method} ${shape.path}) has ${found.length} handlers: ${found.join(', ')}`);
  }
  const known = new Set(declared.map(([, shape]) => shape));
  for (const [shape, found] of handlers)
    if (!known.has(shape)) faults.push(`${found.join(', ')} handles ${shape.method} ${shape.path}, which is not in ROUTES`);
  const expected = new Set(declared.map(([, shape]) => `${shape.method} ${API_PREFIX}${shape.path}`));
  for (const { method, url } of bound.get(app.getHttpAdapter().getInstance()) ?? []) {
    // Every GET answers HEAD as well.
    const asked = `${method === 'HEAD' ? 'GET' : method} ${url}`;
    if (!expected.has(asked) && !(url in UNDECLARED)) faults.push(`${method} ${url} is reachable and declared nowhere`);
  }
  return faults;
}

/** What changes one's own account, or binds the clinic or opens a door. */
const mayAskForProof = ({ method, access }: RouteShape): boolean =>
  method !== 'GET' && ('signedIn' in access || ('needs' in access && PROVEN_PERMISSIONS.some((one) => one === access.needs)));

function handlersByShape(app: NestFastifyApplication): Map<RouteShape, string[]> {
  const handlers = new Map<RouteShape, string[]>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (!metatype || !prototype) continue;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const method: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
        const shape = typeof method === 'function' ? (Reflect.getMetadata(SHAPE, method) as RouteShape | undefined) : undefined;
        if (shape) handlers.set(shape, [...(handlers.get(shape) ?? []), `${metatype.name}.${key}`]);
      }
    }
  }
  return handlers;
}
