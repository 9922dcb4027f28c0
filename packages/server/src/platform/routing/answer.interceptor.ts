import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import type { RouteShape } from '@vastus/contract';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { AS_A_FILE } from '../http/headers.js';
import { FileAnswer } from './file-answer.js';
import { SHAPE } from './handles.js';

/**
 * What leaves is what the contract names: fields it does not know are dropped, and an answer that does not fit is a fault of ours
 * (500), in tests and in production alike – a record sent unchecked could hold anything.
 */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const shape = Reflect.getMetadata(SHAPE, context.getHandler()) as RouteShape | undefined;
    if (!shape || shape.stream) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (shape.file) return fileOf(shape, value);
        const answer = answerOf(shape, value);
        reply.header('content-disposition', AS_A_FILE);
        const version = versionIn(answer);
        if (version !== undefined) reply.header('etag', `"${version}"`);
        return answer;
      }),
    );
  }
}

function fileOf({ method, path, file }: RouteShape, value: unknown): StreamableFile {
  if (!(value instanceof FileAnswer)) throw new Error(`the answer of ${method} ${path} is no file`);
  const type = file === 'text/csv' ? `${file}; charset=utf-8` : file;
  const disposition = `attachment; filename="${value.name}"`;
  return Buffer.isBuffer(value.content)
    ? new StreamableFile(value.content, { type, disposition })
    : new StreamableFile(value.content, { type, disposition });
}

export function answerOf(shape: RouteShape, value: unknown): unknown {
  const parsed = shape.response.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`);
  throw new Error(`the answer of ${shape.method} ${shape.path} does not fit its declaration: ${wrong.join('; ')}`);
}

function versionIn(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null || !('version' in answer)) return undefined;
  return typeof answer.version === 'number' ? answer.version : undefined;
}
