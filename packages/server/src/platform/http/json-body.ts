// Reads a JSON body. Broken JSON is answered with the place where it breaks and none of its content: V8's own message quotes it.
import type { FastifyInstance } from 'fastify';
import { problem } from '../problems/problem.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

export function readJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** The value, or `undefined` for an empty body. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw problem('malformed-request', { detail: 'The body is not UTF-8.' });
  }
  try {
    return JSON.parse(text);
  } catch {
    const position = brokenAt(text);
    const before = text.slice(0, position).split('\n');
    throw problem('malformed-request', {
      detail: `The body is not JSON: it breaks at character ${position} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}).`,
    });
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

/** Index of the first character that cannot belong to a JSON text. Only ever called on text that JSON.parse refused. */
export function brokenAt(text: string): number {
  let at = 0;
  const open: ('[' | '{')[] = [];
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found !== null;
  };
  const takeChar = (char: string): boolean => text[at] === char && ++at > 0;
  const takeString = (): boolean => {
    if (!takeChar('"')) return false;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\' ? !take(ESCAPE) : text.charCodeAt(at++) < 0x20 && --at >= 0) return false;
    }
    return takeChar('"');
  };
  const takeKey = (): boolean => take(SPACE) && takeString() && take(SPACE) && takeChar(':');

  for (;;) {
    take(SPACE);
    if (takeChar('[')) {
      open.push('[');
      take(SPACE);
      if (text[at] !== ']') continue;
    } else if (takeChar('{')) {
      open.push('{');
      take(SPACE);
      if (text[at] !== '}') {
        if (!takeKey()) return at;
        continue;
      }
    } else if (!(text[at] === '"' ? takeString() : take(LITERAL) || take(NUMBER))) return at;
    // A value is complete: close what it completes, then either the text is over or a comma brings the next value.
    for (;;) {
      take(SPACE);
      if (open.length > 0 && takeChar(open.at(-1) === '[' ? ']' : '}')) open.pop();
      else break;
    }
    if (open.length === 0 || !takeChar(',')) return at;
    if (open.at(-1) === '{' && !takeKey()) return at;
  }
}
