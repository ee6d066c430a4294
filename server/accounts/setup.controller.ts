import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { setUp, setupState } from '../../api/session.js';
import { Public } from '../auth/roles.js';
import { refuseExposed, writeSessionCookie } from '../auth/session-cookie.js';
import { Sessions } from '../auth/sessions.js';
import { CONFIG, type Config } from '../config/config.js';
import { Conflict } from '../problem/problems.js';
import { SetUp } from './set-up.js';

@ApiTags('set-up')
@Public()
@Controller('api/setup')
export class SetupController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly setUp: SetUp,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @SerializeOptions({ schema: setupState })
  @ApiResponse({ status: 200, standardSchema: setupState })
  async state(): Promise<z.infer<typeof setupState>> {
    return { isSetUp: await this.setUp.isSetUp() };
  }

  /** Makes the account and its owner, and signs in. */
  @Post()
  @HttpCode(204)
  async create(
    @Body({ schema: setUp }) { token, ...wanted }: z.infer<typeof setUp>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    refuseExposed(request, this.config);
    if (await this.setUp.isSetUp()) throw new Conflict({ ru: 'Владелец уже создан, войдите', en: 'The owner exists already, sign in' });
    await this.setUp.refuseBadLink(token);
    const session = await this.setUp.create(wanted, token, (db, owner) =>
      this.sessions.start(db, owner, { ip: request.ip, userAgent: request.headers['user-agent'] }),
    );
    writeSessionCookie(request, reply, this.config, session.token, session.expiresAt);
  }
}
