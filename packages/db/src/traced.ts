// A span for each question to the database, inside the trace of whoever asks. What is told is the statement's name, never its text
// and never a value; without a trace nothing is done at all.
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('@vastus/db');
const WORD = /^\s*(?:\/\*.*?\*\/\s*)?([A-Za-z]+)/;

/** The first word of a statement: `SELECT`, `WITH`. */
const verbOf = (text: string): string => (WORD.exec(text)?.[1] ?? 'SQL').toUpperCase();
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'error';

/** `name` is what the statement is called; without one its first word stands for it. */
export function traced<T>(name: string | undefined, text: string, work: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return work();
  const verb = verbOf(text);
  const summary = name ?? verb;
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': verb, 'db.query.summary': summary };
  return tracer.startActiveSpan(summary, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The message quotes values; the code does not.
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', codeOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
}
