import { z } from 'zod';
import { problem } from '../../api/page.js';
import { CommandError } from '../command-error.js';
import type { Say } from '../say.js';

/** What tells a command which server it talks to, and as whom. */
export const serverOptions = { server: { type: 'string' }, token: { type: 'string' } } as const;

/** An answer: what the schema made of it, or the refusal of the server with its body, which some routes say more in. */
export type Answer<T> = { ok: true; body: T } | { ok: false; status: number; text: string; body: unknown };

export interface Server {
  /** Where it is, without a slash at the end. */
  url: string;
  /**
   * Asks it. Refusals that a command can do something about (409, 422) come back.
   * @throws CommandError when it cannot be reached, does not know the token, or answers what this version does not understand
   */
  ask<Schema extends z.ZodType>(method: string, path: string, schema: Schema, body?: unknown): Promise<Answer<z.output<Schema>>>;
}

/** The same for questions that nothing can be done about when they are refused. @throws CommandError also for a refusal */
export async function askSurely<Schema extends z.ZodType>(
  server: Server,
  method: string,
  path: string,
  schema: Schema,
  body?: unknown,
): Promise<z.output<Schema>> {
  const answer = await server.ask(method, path, schema, body);
  if (answer.ok) return answer.body;
  throw new CommandError({ ru: `${server.url}: ${answer.text}`, en: `${server.url}: ${answer.text}` });
}

/**
 * Opens the server that the options or the environment (RAZVILKA_SERVER, RAZVILKA_TOKEN) name. Nothing is asked yet.
 * @throws CommandError when one of both is missing, or the address is none
 */
export function openServer(values: { server?: string; token?: string }, env: NodeJS.ProcessEnv, say: Say): Server {
  const url = addressOf(values.server ?? env['RAZVILKA_SERVER']);
  const token = values.token ?? env['RAZVILKA_TOKEN'];
  if (!token) {
    throw new CommandError({
      ru: 'Нужен токен API: --token ТОКЕН или переменная RAZVILKA_TOKEN. Токены — в настройках компании',
      en: 'An API token is needed: --token TOKEN or the variable RAZVILKA_TOKEN. Tokens are made in the company’s settings',
    });
  }
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'accept-language': say({ ru: 'ru', en: 'en' }) };
  return {
    url,
    async ask(method, path, schema, body) {
      const answer = await send(url, path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
      const json = await readJson(answer);
      if (answer.status === 401) throw unknownToken(url);
      if (answer.status === 403) throw notAllowed(url, method, path);
      if (!answer.ok) {
        const { title, detail } = problem.partial().catch({}).parse(json);
        const text = [title, detail].filter(Boolean).join('. ') || `HTTP ${answer.status}`;
        if (answer.status === 409 || answer.status === 422) return { ok: false, status: answer.status, text, body: json };
        throw new CommandError({ ru: `${url}${path}: ${text}`, en: `${url}${path}: ${text}` });
      }
      const read = schema.safeParse(json);
      if (!read.success) throw notOurs(url, path);
      return { ok: true, body: read.data };
    },
  };
}

function addressOf(given: string | undefined): string {
  if (!given) {
    throw new CommandError({
      ru: 'Нужен адрес сервера: --server https://… или переменная RAZVILKA_SERVER',
      en: 'The server’s address is needed: --server https://… or the variable RAZVILKA_SERVER',
    });
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new CommandError({ ru: `--server ${given}: это не адрес вида https://…`, en: `--server ${given}: not an address like https://…` });
}

/** A server that does not answer at all for so long does not answer (ms). */
const patience = 60_000;

async function send(
  url: string,
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> },
): Promise<Response> {
  const headers = init.body === undefined ? init.headers : { ...init.headers, 'content-type': 'application/json' };
  try {
    return await fetch(`${url}${path}`, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const detail = cause instanceof Error ? cause.message || String(cause) : String(cause);
    throw new CommandError({ ru: `${url} не отвечает: ${detail}`, en: `${url} does not answer: ${detail}` });
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

function unknownToken(url: string): CommandError {
  return new CommandError({ ru: `${url} не знает этого токена`, en: `${url} does not know this token` });
}

function notAllowed(url: string, method: string, path: string): CommandError {
  return new CommandError({
    ru: `${url}: роль токена этого не позволяет (${method} ${path})`,
    en: `${url}: the token’s role does not allow this (${method} ${path})`,
  });
}

function notOurs(url: string, path: string): CommandError {
  return new CommandError({
    ru: `${url}${path}: ответ не понят. Это сервер Razvilka той же версии?`,
    en: `${url}${path}: the answer was not understood. Is it a Razvilka server of this version?`,
  });
}
