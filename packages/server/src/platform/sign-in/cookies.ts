import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Config, isSecure } from '../config.js';

const NAME = 'vastus.session';
const TOKEN = /^[\w-]{20,100}$/;

/** Behind https the browser itself sees to it that the cookie is ours, of this host, and never sent in the clear. */
export const cookieName = (config: Pick<Config, 'publicUrl'>, name = NAME): string =>
  config.publicUrl.startsWith('https:') ? `__Host-${name}` : name;

/** A cookie of this name, or `undefined`. */
export function readCookie(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

export function readToken(request: Pick<FastifyRequest, 'headers'>, config: Config): string | undefined {
  const token = readCookie(request, cookieName(config));
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** HttpOnly, and sent with nothing that another site makes the browser do but follow a link. */
export function setCookie(reply: FastifyReply, config: Config, name: string, value: string, maxAgeS: number): void {
  const secure = isSecure(config) ? '; Secure' : '';
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.max(0, Math.floor(maxAgeS))}${secure}`);
}
