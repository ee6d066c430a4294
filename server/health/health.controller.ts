import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/roles.js';
import { Sessions } from '../auth/sessions.js';
import { Forbidden } from '../problem/problems.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** For whoever runs the server: does the process live, can it work, what did it do. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly sessions: Sessions,
  ) {}

  @Get('healthz')
  @Header('cache-control', 'no-store')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; database: string; queue: string }> {
    const parts = await this.readiness.look();
    const isReady = parts.database === 'ok' && parts.queue === 'ok';
    if (!isReady) void reply.status(503).header('retry-after', '5');
    return { status: isReady ? 'ok' : 'unavailable', ...parts };
  }

  /** From this machine (a proxy on it forwards others' requests, so those do not count), or with an admin's API token. */
  @Get('metrics')
  @Header('cache-control', 'no-store')
  async figures(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!isFromHere(request) && !(await this.isAdminsToken(request))) {
      throw new Forbidden({
        ru: 'Показатели открыты с этой машины или по токену администратора',
        en: 'Metrics are open from this machine or with an admin token',
      });
    }
    void reply.header('content-type', this.metrics.registry.contentType);
    return this.metrics.text();
  }

  private async isAdminsToken(request: FastifyRequest): Promise<boolean> {
    const token = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? undefined : await this.sessions.findApiToken(token, request.ip);
    return caller?.role === 'admin';
  }
}

function isFromHere(request: FastifyRequest): boolean {
  const isForwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined);
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '');
}
