import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BotApiError } from './bot-api-error.js';
import { callBot } from './bot-methods.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { SendLimits } from './send-limits.js';
import { send, type Params } from './send-methods.js';
import type { Bot, World } from './world.js';

export interface BotServerParts {
  world: World;
  limits: SendLimits;
  ledger: Ledger;
  faults: Faults;
  /** As the real server's --local: webhooks by http and to any port. */
  localMode: boolean;
  /** What a test outside this process may ask for: `POST /simulator/NAME` with a JSON argument. */
  control: (name: string, argument: Record<string, unknown>) => unknown;
}

/** The HTTP face of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function createBotServer(parts: BotServerParts): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      const refusal = error instanceof BotApiError ? error : new BotApiError(500, `Internal Server Error: ${String(error)}`);
      if (!response.headersSent) writeRefusal(response, refusal);
    });
  });
}

async function answer(parts: BotServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const body = await bodyOf(request);
  const control = /^\/simulator\/(\w+)$/.exec(url.pathname)?.[1];
  if (control) return writeJson(response, 200, (await parts.control(control, body.length > 0 ? JSON.parse(body.toString()) : {})) ?? null);
  const file = /^\/file\/bot([^/]*)\/(.+)$/.exec(url.pathname);
  if (file) return writeFile(parts.world, response, botOf(parts.world, file[1] ?? ''), file[2] ?? '');
  const call = /^\/bot([^/]*)\/(\w+)$/.exec(url.pathname);
  if (!call) throw new BotApiError(404, 'Not Found');

  const bot = botOf(parts.world, decodeURIComponent(call[1] ?? ''));
  const method = call[2] ?? '';
  const params = await readParams(request, url, body);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const fault = parts.faults.next(method);
  const run = async () =>
    send({ ...parts, bot, method }, params) ??
    (await callBot(parts.world, bot, method.toLowerCase(), params, parts.localMode, gone.signal));

  if (fault?.kind === 'too-many-requests') throw tooMany(fault.seconds);
  if ((fault?.kind === 'reset' || fault?.kind === 'bad-gateway') && !fault.stored) return spoil(fault.kind, request, response);
  const result = await run();
  if (result === undefined) throw new BotApiError(404, 'Not Found');
  if (fault?.kind === 'reset' || fault?.kind === 'bad-gateway') return spoil(fault.kind, request, response);
  if (fault?.kind === 'slow') await new Promise<void>((resolve) => void parts.world.clock.after(fault.ms ?? 30_000, resolve));
  writeJson(response, 200, { ok: true, result });
}

function tooMany(seconds: number): BotApiError {
  return new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}

function spoil(kind: 'reset' | 'bad-gateway', request: IncomingMessage, response: ServerResponse): void {
  if (kind === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>');
}

function botOf(world: World, token: string): Bot {
  if (!/^\d+:[A-Za-z0-9_-]+$/.test(token)) throw new BotApiError(401, 'Unauthorized: invalid token specified');
  const bot = world.bots.get(Number(token.split(':')[0]));
  if (!bot || bot.revoked || bot.token !== token) throw new BotApiError(401, 'Unauthorized');
  return bot;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Query, form, JSON or multipart; in the flat forms, objects and lists come as JSON texts. */
async function readParams(request: IncomingMessage, url: URL, body: Buffer): Promise<Params> {
  const values: Record<string, unknown> = {};
  const uploads: Params['uploads'] = new Map();
  for (const [name, value] of url.searchParams) values[name] = fromText(name, value);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return { values, uploads };
  if (type.startsWith('application/json')) {
    try {
      return { values: { ...values, ...(JSON.parse(body.toString()) as object) }, uploads };
    } catch {
      throw new BotApiError(400, "Bad Request: can't parse request parameters JSON");
    }
  }
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) return { values, uploads };
  for (const [name, value] of await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()) {
    if (typeof value === 'string') values[name] = fromText(name, value);
    else uploads.set(name, { content: Buffer.from(await value.arrayBuffer()), name: value.name, mime: value.type });
  }
  return { values, uploads };
}

/** A message's text is never taken for JSON, however it looks. */
function fromText(name: string, value: string): unknown {
  if (['text', 'caption', 'chat_id', 'secret_token', 'url', 'first_name', 'phone_number'].includes(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function writeFile(world: World, response: ServerResponse, bot: Bot, path: string): void {
  const link = world.links.get(`${bot.user.id}/${path}`);
  const file = link && link.until > world.clock.now() ? world.files.get(link.fileId) : undefined;
  if (!file) throw new BotApiError(404, 'Not Found');
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.content.length });
  response.end(file.content);
}

function writeRefusal(response: ServerResponse, { code, description, parameters }: BotApiError): void {
  if (parameters?.retry_after !== undefined) response.setHeader('Retry-After', parameters.retry_after);
  writeJson(response, code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
