import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/roles.js';
import { ConnectedChannels } from './connected-channels.js';
import { Receive } from './receive.js';

/** After this the platform hears 503 and repeats; should the row be stored after all, the repeat is one with it. */
const patienceMs = 2_000;

/** The one door for platforms: POST /hooks/:hookKey. Nothing is parsed here beyond what the answer itself must tell. */
@Controller('hooks')
export class ReceiveController {
  constructor(
    private readonly channels: ConnectedChannels,
    private readonly receive: Receive,
  ) {}

  @Public()
  @Post(':hookKey')
  @HttpCode(202)
  async hook(@Param('hookKey') hookKey: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const open = await this.channels.byHookKey(hookKey).catch(() => 'away' as const);
    if (open === 'away') return away(reply);
    if (!open?.active) return refuse(reply, 404, 'Not found');
    // A channel whose proof cannot be checked is off, not open.
    if (open.broken) return refuse(reply, 503, 'The channel is not set up');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verdict = open.connector.verify({ method: request.method, headers: request.headers, body, receivedAt: Date.now() }, open.channel);
    if ('refuse' in verdict) return refuse(reply, verdict.refuse, verdict.title, verdict.errors);

    const stored = await within(patienceMs, this.receive.store(open, body, verdict.dedupeKey)).catch(() => undefined);
    if (!stored) return away(reply);
    if (stored.duplicate && !stored.sameBody) return refuse(reply, 409, 'This id came before with another body');
    await reply.code(stored.duplicate ? 200 : 202).send({ accepted: true, id: stored.id, duplicate: stored.duplicate });
  }
}

async function refuse(reply: FastifyReply, status: number, title: string, errors?: { path: string; detail: string }[]): Promise<void> {
  await reply
    .code(status)
    .type('application/problem+json')
    .send({ title, status, ...(errors && { errors }) });
}

/** The database is away: the platform keeps the message and tries again. */
async function away(reply: FastifyReply): Promise<void> {
  reply.header('retry-after', '5');
  await refuse(reply, 503, 'Cannot store now, try again');
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('too late')), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
