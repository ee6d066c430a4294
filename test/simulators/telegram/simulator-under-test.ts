import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ManualClock } from './clock.js';
import { TelegramSimulator, type SimulatorOptions } from './telegram-simulator.js';

export type Reply = { ok: boolean; result?: unknown; error_code?: number; description?: string; parameters?: Record<string, number> };

/** What is to be ended after the test. */
export const closers: (() => Promise<unknown>)[] = [];
/** Ends what a test started, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

/** A simulator on a clock of its own, with a bot and a person who has written to it. */
export async function startSimulator(options: SimulatorOptions = {}) {
  const clock = new ManualClock();
  const telegram = await TelegramSimulator.start({ clock, ...options });
  closers.push(() => telegram.stop());
  const bot = telegram.addBot({ username: 'mebel_bot' });
  const anna = telegram.addUser({ first_name: 'Анна' });
  telegram.clientWrites({ bot: bot.id, user: anna.id, text: '/start' });
  const call = (method: string, params: object = {}) => callAs(telegram.baseUrl, bot.token, method, params);
  return { clock, telegram, bot, anna, call };
}

/** One call of the Bot API, as any client makes it. */
export async function callAs(baseUrl: string, token: string, method: string, params: object = {}) {
  const answer = await fetch(`${baseUrl}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as Reply };
}

/** A hook that answers what it is told and remembers what came. */
export async function startHook(answer: (n: number, response: ServerResponse) => void) {
  const got: { secret: unknown; update: { update_id: number; message?: { text?: string; chat: { id: number } } } }[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ secret: request.headers['x-telegram-bot-api-secret-token'], update: JSON.parse(Buffer.concat(chunks).toString()) });
      answer(got.length, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/hook`, got };
}

/** Lets the event loop turn until it is so, for 10 s at most. */
export async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error(`Never came: ${isSo.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
