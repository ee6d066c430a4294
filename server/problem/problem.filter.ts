import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../auth/caller.js';
import { isDatabaseAway } from './database-errors.js';
import { NotFound, Problem, type Text, Unavailable } from './problems.js';

/** Every error of the server, whoever threw it, as application/problem+json in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error, request);
    if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
    writeProblem(request, reply, problem);
  }
}

const log = new Logger('http');

/** What an error means to the caller. What is not his fault is logged. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) {
    log.warn({ event: 'database-away', request: request.id, error });
    return new Unavailable();
  }
  const status = statusOf(error);
  if (status === 404) return new NotFound();
  const title = status === undefined ? undefined : titles.get(status);
  if (status !== undefined && title) return new Problem(status, title);
  // Nothing of an unknown error is shown: it may hold data. The id joins the answer with the log.
  log.error({ event: 'unexpected-error', request: request.id, error });
  return new Problem(500, titles.get(500) ?? 'Error', {
    detail: { ru: `Номер ошибки: ${request.id}`, en: `Error id: ${request.id}` },
  });
}

/** For answers outside Nest's handlers, such as the ones of hooks. */
export function writeProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const language = languageOf(request);
  const read = (text: Text) => (typeof text === 'string' ? text : text[language]);
  const { detail, errors, ...more } = problem.more;
  const status = problem.getStatus();
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        title: read(problem.title),
        status,
        detail: detail === undefined ? undefined : read(detail),
        errors: errors?.map(({ path, detail }) => ({ path, detail: read(detail) })),
        ...more,
      }),
    );
}

/** A person's profile decides; for tokens and strangers the browser's wish, Russian without one. */
function languageOf(request: FastifyRequest): 'ru' | 'en' {
  const caller = callerOf(request);
  if (caller?.userId) return caller.language;
  const wished = /\b(ru|en)\b/i.exec(request.headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  return wished === 'en' ? 'en' : 'ru';
}

/** Nest's exceptions and Fastify's errors (bad JSON, too large, unknown content type) tell their status. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

const titles = new Map<number, Text>([
  [400, { ru: 'Запрос не читается', en: 'The request cannot be read' }],
  [401, { ru: 'Войдите, чтобы продолжить', en: 'Sign in to continue' }],
  [403, { ru: 'Недостаточно прав', en: 'Not allowed' }],
  [405, { ru: 'Такой метод здесь не работает', en: 'This method does not work here' }],
  [406, { ru: 'Такого вида ответа нет', en: 'No answer of this kind' }],
  [408, { ru: 'Запрос шёл слишком долго', en: 'The request took too long' }],
  [413, { ru: 'Запрос слишком велик', en: 'The request is too large' }],
  [414, { ru: 'Адрес слишком длинный', en: 'The address is too long' }],
  [415, { ru: 'Нужен Content-Type: application/json', en: 'Content-Type must be application/json' }],
  [429, { ru: 'Слишком много запросов, подождите', en: 'Too many requests, please wait' }],
  [431, { ru: 'Заголовки слишком велики', en: 'The headers are too large' }],
  [500, { ru: 'Ошибка на сервере', en: 'Something went wrong on the server' }],
]);
