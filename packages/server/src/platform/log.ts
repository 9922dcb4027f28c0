// One structured log. Never in it: bodies, query values, addresses with ids filled in, anything about a patient.
import type { LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.js';
import { loggable } from './problems/causes.js';

/** The log, injectable. `logger.info({ requestId }, 'what happened')`; errors as `{ err: loggable(error) }`. */
export abstract class Logger {
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
}

/** Which trace a line belongs to, where there is one. */
function traceOfLine(): object {
  const found = trace.getActiveSpan()?.spanContext();
  return found ? { traceId: found.traceId, spanId: found.spanId } : {};
}

export type RootLogger = PinoLogger;

export function createLogger(config: Config, name: 'api' | 'worker', destination?: { write(line: string): void }): RootLogger {
  const options = {
    name,
    level: config.logLevel,
    // An Error that somebody logs whole passes through the same filter; requests and replies are never serialized.
    serializers: {
      err: (error: unknown) => (error instanceof Error ? loggable(error) : error),
      req: () => undefined,
      res: () => undefined,
    },
    timestamp: stdTimeFunctions.isoTime,
    mixin: traceOfLine,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's own messages, into the same log. Its chatter at start is kept at debug. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  debug(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error) this.logger.error({ err: loggable(message) }, message.name);
    else this.logger.error({ context: rest.at(-1) }, String(message));
  }
}
