// A span for each job and for handing one over; the two are one trace, whichever process does the work. Names and outcomes only.
import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { JobName, JobOutcome } from '@vastus/jobs';

const tracer = trace.getTracer('@vastus/server');

async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** `from` is what `traceEnqueue` told whoever handed the job over. */
export function traceJob(name: JobName, attempt: number, from: string | undefined, work: () => Promise<JobOutcome>): Promise<JobOutcome> {
  const before = from === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: from });
  const attributes = { 'messaging.operation.type': 'process', 'vastus.job': name, 'vastus.attempt': attempt };
  return tracer.startActiveSpan(`process ${name}`, { kind: SpanKind.CONSUMER, attributes }, before, (span) =>
    within(span, async () => {
      const done = await work();
      span.setAttribute('vastus.outcome', done.outcome);
      return done;
    }),
  );
}

/** `send` is told what names the trace to whoever will do the job; undefined where there is none. */
export function traceEnqueue<T>(name: JobName, send: (traceparent: string | undefined) => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()) return send(undefined);
  const attributes = { 'messaging.operation.type': 'send', 'vastus.job': name };
  return tracer.startActiveSpan(`send ${name}`, { kind: SpanKind.PRODUCER, attributes }, (span) =>
    within(span, () => {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return send(carrier.traceparent);
    }),
  );
}
