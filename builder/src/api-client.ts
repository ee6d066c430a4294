import type { z } from 'zod';
import { problem, type Problem } from '../../api/page.js';

/** An answer that is not a success, or none at all: `status` 0 means that the server was not reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  /** What is wrong with the input, by the place in it (`settings.token`, `stages[1].name`). */
  readonly errors: { path: string; detail: string }[] | undefined;
  /** The answer's body as it came, for routes that answer more than a problem (publishing gives `problems`). */
  readonly body: unknown;

  constructor(status: number, known: Partial<Problem>, body?: unknown) {
    super(known.detail ?? known.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.title = known.title ?? '';
    this.detail = known.detail;
    this.errors = known.errors;
    this.body = body;
  }
}

/** The server answered 2xx with a shape that this page does not know: most likely it was upgraded while the page was open. */
export class UnexpectedAnswer extends Error {
  constructor(path: string, cause: unknown) {
    super(`The answer of ${path} has another shape`, { cause });
    this.name = 'UnexpectedAnswer';
  }
}

interface Call {
  <Schema extends z.ZodType>(path: string, schema: Schema, body?: unknown): Promise<z.output<Schema>>;
  (path: string, schema?: undefined, body?: unknown): Promise<void>;
}

/**
 * The only way to the server. `path` starts with `/api/`; with a schema the answer is parsed by it, without one it is not read.
 * Throws `ApiProblem` for every answer but 2xx and when none came, `UnexpectedAnswer` when the schema refuses a 2xx.
 */
export const api: Record<'get' | 'post' | 'put' | 'patch' | 'delete', Call> = {
  get: caller('GET'),
  post: caller('POST'),
  put: caller('PUT'),
  patch: caller('PATCH'),
  delete: caller('DELETE'),
};

/** `/api/messages` and `{ q: 'да', channel: undefined }` make `/api/messages?q=%D0%B4%D0%B0`: absent and empty values are left out. */
export function withQuery(path: string, values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

function caller(method: string): Call {
  async function call<Schema extends z.ZodType>(path: string, schema: Schema, body?: unknown): Promise<z.output<Schema>>;
  async function call(path: string, schema?: undefined, body?: unknown): Promise<void>;
  async function call(path: string, schema?: z.ZodType, body?: unknown): Promise<unknown> {
    const answer = await send(method, path, body);
    if (!answer.ok) throw await toProblem(answer);
    if (!schema) return undefined;
    const parsed = schema.safeParse(await readJson(answer));
    if (!parsed.success) throw new UnexpectedAnswer(path, parsed.error);
    return parsed.data;
  }
  return call;
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
    'x-requested-with': 'razvilka',
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(path, { method, headers, credentials: 'same-origin', body: body === undefined ? null : JSON.stringify(body) });
  } catch (cause) {
    throw new ApiProblem(0, { title: cause instanceof Error ? cause.message : String(cause) });
  }
}

async function toProblem(answer: Response): Promise<ApiProblem> {
  const body = await readJson(answer);
  const known = problem.partial().safeParse(body);
  return new ApiProblem(answer.status, known.success ? known.data : {}, body);
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}
