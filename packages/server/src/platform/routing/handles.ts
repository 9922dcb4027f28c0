import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Method, RouteShape } from '@vastus/contract';
import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '../sign-in/sessions.js';
import type { Caller } from './caller.js';
import type { Received } from './input.js';

export const SHAPE = 'vastus:route-shape';
export const API_PREFIX = '/api';

/** What the guard found out about a request, kept beside it until the answer is sent. */
export interface RequestState {
  caller?: Caller;
  signedIn?: SignedIn;
  received?: Received;
}

declare module 'fastify' {
  interface FastifyRequest {
    vastus: RequestState;
  }
}

const METHODS: Record<Method, RequestMethod> = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PATCH: RequestMethod.PATCH,
  PUT: RequestMethod.PUT,
  DELETE: RequestMethod.DELETE,
};

/** Binds a controller method to its declaration in the contract: method, path, status, access, validation, answer. */
export function Handles(shape: RouteShape): MethodDecorator {
  return applyDecorators(
    SetMetadata(SHAPE, shape),
    RequestMapping({ method: METHODS[shape.method], path: `${API_PREFIX}${shape.path}` }),
    HttpCode(shape.status ?? 200),
  );
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The validated input: `@In() input: Input<typeof recordInjection>`. */
export const In = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).vastus.received?.input);

/** Who asks: `@By() caller: Caller`. Only on routes that need a session. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { caller } = requestOf(context).vastus;
  if (!caller) throw new Error('a public route has no caller');
  return caller;
});
