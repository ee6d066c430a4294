import { isSafeNumber, parse, stringify } from 'lossless-json';
import { z } from 'zod';
import { UnreadableBody, type OutgoingCalls } from '../channel-connector.js';
import { ConnectorError, type ConnectorErrorKind } from '../connector-error.js';
import { parseJson } from '../parse-json.js';
import type { TelegramChannel } from './telegram.settings.js';

export interface TelegramCall {
  method: string;
  params?: Record<string, unknown>;
  /**
   * Whether a repeat does no harm (getMe, setWebhook, getUpdates). Telegram takes no key against doubles: a repeated sendMessage is a second message.
   * So when such a call left and no answer in Telegram's form came back, its outcome stays unknown, and only a person may decide to send again.
   */
  repeatable: boolean;
  timeoutMs?: number;
  signal?: AbortSignal;
}

const envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.int().optional(),
  description: z.string().optional(),
  parameters: z
    .object({ retry_after: z.number().min(0).optional(), migrate_to_chat_id: z.union([z.int(), z.string().regex(/^-?\d+$/)]).optional() })
    .optional(),
});

/** What Telegram answered; `exact` gives the result with every number as it was written. */
export interface TelegramAnswer {
  result: unknown;
  exact(): unknown;
}

/** A refusal in Telegram's own form, before it is known what was asked. */
export class TelegramRefusal extends ConnectorError {
  constructor(
    kind: ConnectorErrorKind,
    message: string,
    more: ConnectorError['more'],
    readonly status: number,
    readonly migratedTo?: string,
  ) {
    super(kind, message, more);
  }
}

/** Calls one method of the Bot API. Throws `ConnectorError`; the token, which is part of every address there, is cut out of every message. */
export async function callTelegram(channel: TelegramChannel, calls: OutgoingCalls, call: TelegramCall): Promise<TelegramAnswer> {
  const hide = (text: string) => withoutToken(text, channel.settings.token);
  let answer: Awaited<ReturnType<OutgoingCalls['request']>>;
  try {
    answer = await calls.request({
      method: 'POST',
      url: `${channel.settings.baseUrl}/bot${channel.settings.token}/${call.method}`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(call.params ?? {}),
      timeoutMs: call.timeoutMs,
      signal: call.signal,
    });
  } catch (error) {
    throw withoutTokenIn(error, call, hide);
  }
  const read = readEnvelope(answer.body);
  if (read?.ok && answer.status < 300) return { result: read.result, exact: () => exactResult(answer.body) };
  if (read && !read.ok && answer.status >= 400 && answer.status < 500) throw refusal(call, answer, read, hide);
  throw unclear(call, answer.status, hide(read?.description ?? ''));
}

/** Every form in which the token could be quoted: whole, its secret half, percent-encoded; in a text short enough to show. */
export function withoutToken(text: string, token: string): string {
  const half = token.slice(token.indexOf(':') + 1);
  return [token, encodeURIComponent(token), half]
    .reduce((text, secret) => text.replaceAll(secret, '***'), text)
    .replace(/\p{C}+/gu, ' ')
    .slice(0, 500);
}

function withoutTokenIn(error: unknown, call: TelegramCall, hide: (text: string) => string): unknown {
  if (error instanceof ConnectorError) {
    const kind = error.kind === 'unknown' && call.repeatable ? 'unreachable' : error.kind;
    return new ConnectorError(kind, hide(error.message), error.more);
  }
  if (!(error instanceof Error)) return new Error(hide(String(error)));
  // The stack and the cause could quote the address as well, so neither goes on.
  const hidden = new Error(hide(error.message));
  hidden.name = error.name;
  return hidden;
}

type Envelope = z.output<typeof envelope>;

function readEnvelope(body: Buffer): Envelope | undefined {
  try {
    const read = envelope.safeParse(parseJson(body, { maxBytes: answerBytes }));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof UnreadableBody) return undefined;
    throw error;
  }
}

/** 100 updates of the longest messages are under 5 MB. */
const answerBytes = 10_485_760;

function exactResult(body: Buffer): unknown {
  const whole = parse(new TextDecoder().decode(body), undefined, { onDuplicateKey: ({ newValue }) => newValue });
  return typeof whole === 'object' && whole !== null && 'result' in whole ? whole.result : undefined;
}

/** JSON with every number as it was written. */
export function toExactJson(value: unknown): Buffer {
  return Buffer.from(stringify(value) ?? 'null');
}

function refusal(
  call: TelegramCall,
  answer: { status: number; headers: Record<string, string> },
  read: Envelope,
  hide: (text: string) => string,
): TelegramRefusal {
  const { status } = answer;
  const said = hide(read.description ?? `HTTP ${status}`);
  const make = (kind: ConnectorErrorKind, ru: string, en: string, more: ConnectorError['more'] = {}) =>
    new TelegramRefusal(kind, `${ru} / ${en} (${call.method}: ${said})`, more, status, migratedTo(read));
  if (status === 429) {
    const waitMs = waitOf(read, answer.headers) * 1000;
    return make('throttled', 'Telegram просит подождать', 'Telegram asks to wait', { waitMs, scope: 'channel' });
  }
  if (status === 401) return make('misconfigured', 'Telegram не принимает токен бота', "Telegram does not accept the bot's token");
  if (status === 404) return make('misconfigured', 'Неверный токен бота или адрес Bot API', 'A wrong bot token or Bot API address');
  if (status === 409) return make('misconfigured', ...conflict(said));
  if (call.repeatable) return make('misconfigured', 'Telegram отклонил запрос', 'Telegram refused the request');
  return make('rejected', 'Telegram отклонил сообщение', 'Telegram refused the message');
}

function conflict(said: string): [ru: string, en: string] {
  if (/webhook is active/i.test(said)) {
    return ['У бота включён вебхук, опрос невозможен', 'The bot has an active webhook, so it cannot be polled'];
  }
  if (/setWebhook/i.test(said)) return ['Другая программа включила боту вебхук', 'Another program switched a webhook of this bot on'];
  return ['Этого же бота опрашивает другая программа: оставьте одну', 'Another program polls the same bot: leave only one running'];
}

function migratedTo(read: Envelope): string | undefined {
  const chat = read.parameters?.migrate_to_chat_id;
  return chat === undefined ? undefined : String(chat);
}

/** In seconds: the body's word first, then the header; without either, long enough not to be a storm. A day at most. */
function waitOf(read: Envelope, headers: Record<string, string>): number {
  const header = headers['retry-after'];
  const asked = read.parameters?.retry_after ?? (header && /^\d+$/.test(header) ? Number(header) : 5);
  return Math.min(Math.max(asked, 1), 86_400);
}

/**
 * An answer that is not in the documented form, or a 5xx. Bot API answers JSON always, so the HTML of a 502 is a gateway's: the request may have gone
 * through before the gateway lost the answer. A 5xx in Telegram's form is documented nowhere to mean «not done» either.
 * A redirect or a refusal of somebody in between is known not to have reached Telegram.
 */
function unclear(call: TelegramCall, status: number, said: string): ConnectorError {
  const detail = `${call.method}: HTTP ${status}${said && `, ${said}`}`;
  if (status >= 300 && status < 400) {
    return new ConnectorError('misconfigured', `По этому адресу нет Bot API / There is no Bot API at this address (${detail})`);
  }
  if ((status >= 400 && status < 500) || call.repeatable) {
    return new ConnectorError('unreachable', `Telegram недоступен / Telegram cannot be reached (${detail})`);
  }
  return new ConnectorError(
    'unknown',
    `Ответ Telegram не получен, сообщение могло уйти / No answer from Telegram, the message may have been sent (${detail})`,
  );
}

/** An id for a request: a number where a double holds it, as the API documents, else its text, which Telegram reads too. */
export function toRequestId(id: string): number | string {
  return isSafeNumber(id) ? Number(id) : id;
}
