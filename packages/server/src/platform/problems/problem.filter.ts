import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { PROBLEMS } from '@vastus/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unknownAddress } from '../http/addresses.js';
import { AS_A_FILE } from '../http/headers.js';
import { Logger } from '../log.js';
import { causeOf, loggable } from './causes.js';
import type { ProblemError } from './problem.js';

/** Turns everything thrown on the way to an answer into application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = request.is404 ? unknownAddress(request.url) : error;
    const { answer, expected } = causeOf(known);
    const context = { requestId: request.id, code: answer.code, route: request.routeOptions?.url };
    if (!expected) this.logger.error({ ...context, err: loggable(error) }, 'a request failed');
    else if (PROBLEMS[answer.code].level === 'warn') this.logger.warn(context, answer.code);
    if (!reply.sent) sendProblem(reply, answer, request.id);
  }
}

export function sendProblem(reply: FastifyReply, answer: ProblemError, requestId: string): void {
  const { retryAfter, allow } = answer.details;
  if (retryAfter !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  if (allow) reply.header('allow', allow.join(', '));
  // Serialized here: Fastify would label an object of this content type as application/json in some paths.
  reply
    .status(answer.status)
    .header('cache-control', 'no-store')
    .header('content-disposition', AS_A_FILE)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(answer.toBody(requestId)));
}
