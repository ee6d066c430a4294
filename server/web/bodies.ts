import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem/problems.js';

const kB = 1024;
const limits = { api: 256 * kB, hooks: 1024 * kB, graphs: 2048 * kB };
const mostDepth = 64;

/** The largest body that a route takes, in bytes. A rule graph may be large; a platform's webhook too. */
function limitOf(url: string): number {
  if (url.startsWith('/hooks/')) return limits.hooks;
  return /^\/api\/rule-sets(\/:[^/]+\/draft)?$/.test(url) ? limits.graphs : limits.api;
}

/**
 * How bodies are read, before any route exists: hooks get the raw bytes of any content type, because signatures are made over bytes and nothing is parsed
 * before it is stored; every other route takes JSON alone, so that a foreign page's form is refused.
 */
export function readBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    route.bodyLimit ??= limitOf(route.url);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    try {
      done(null, isHook(request) ? bytes : parseJson(request, bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function isHook(request: FastifyRequest): boolean {
  return request.routeOptions.url?.startsWith('/hooks/') ?? false;
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Problem(415, { ru: 'Нужен Content-Type: application/json', en: 'Content-Type must be application/json' });
  }
  const text = body.toString('utf8');
  // A graph keeps its own rules about depth; here it is about what the parser and later steps can walk.
  if (depthOf(text) > mostDepth) {
    throw unreadable({ ru: `вложенность больше ${mostDepth}`, en: `nested deeper than ${mostDepth}` });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable({ ru: 'это не JSON', en: 'this is not JSON' });
  }
  if (unstorableEscape.test(text) && hasUnstorable(value)) {
    throw unreadable({ ru: 'в тексте знак с кодом 0 или половина знака', en: 'a text holds a character with code 0 or half a character' });
  }
  return value;
}

function unreadable(detail: { ru: string; en: string }): Problem {
  return new Problem(400, { ru: 'Запрос не читается', en: 'The request cannot be read' }, { errors: [{ path: '', detail }] });
}

/** Without building anything: brackets outside texts. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfText(text, at);
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

// Such characters come into a text by an escape only: UTF-8 has none of the halves, and JSON no raw control characters.
const unstorableEscape = /\\u(0000|d[89a-f])/i;
// With the flag u, a pair is one character, so this finds halves alone.
const unstorable = /[\0\ud800-\udfff]/u;

/** PostgreSQL takes neither in a text, and would refuse the statement. */
function hasUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return unstorable.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => unstorable.test(key) || hasUnstorable(inner));
}
