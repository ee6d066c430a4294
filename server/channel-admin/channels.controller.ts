import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeChannel, channel, channelLogEntry, createChannel, quarantinePage, type Channel } from '../../api/channels.js';
import { id, pageOf, pageQuery } from '../../api/page.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { siteUrl } from '../auth/site.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { NotFound } from '../problem/problems.js';
import { Askable } from '../sql/askable.js';
import { rowOf } from '../sql/rows.js';
import { gatherChannelLog, gatherChannels, gatherQuarantine, type ChannelRow } from './channels.queries.js';
import { ConnectChannel } from './connect-channel.js';
import { KeepChannels } from './keep-channels.js';
import { SealedSettings } from './sealed-settings.js';

const channelPage = pageOf(channel);
const channelLogPage = pageOf(channelLogEntry);

@ApiTags('Channels')
@Controller('api/channels')
export class ChannelsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly keep: KeepChannels,
    private readonly connecting: ConnectChannel,
    private readonly sealed: SealedSettings,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One page: channels are made by hand. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: channelPage })
  @ApiResponse({ status: 200, standardSchema: channelPage })
  async list(@Caller() caller: Caller, @Req() request: FastifyRequest): Promise<z.infer<typeof channelPage>> {
    const rows = await this.scope.run(caller.accountId, (db) => gatherChannels(db));
    return { items: rows.map((row) => this.show(row, caller, request)), nextCursor: null };
  }

  @Get(':id')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: channel })
  @ApiResponse({ status: 200, standardSchema: channel })
  async get(@Caller() caller: Caller, @Req() request: FastifyRequest, @Param('id', { schema: id }) id: string): Promise<Channel> {
    const [row] = await this.scope.run(caller.accountId, (db) => gatherChannels(db, id));
    if (!row) throw new NotFound();
    return this.show(row, caller, request);
  }

  @Post()
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: channel })
  @ApiResponse({ status: 201, standardSchema: channel })
  async create(
    @Caller() caller: Caller,
    @Req() request: FastifyRequest,
    @Body({ schema: createChannel }) body: z.infer<typeof createChannel>,
  ): Promise<Channel> {
    const row = await this.keep.create(caller, body);
    this.connecting.connect(this.connectable(row, caller, request));
    return this.show(row, caller, request);
  }

  @Patch(':id')
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: channel })
  @ApiResponse({ status: 200, standardSchema: channel })
  async change(
    @Caller() caller: Caller,
    @Req() request: FastifyRequest,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: changeChannel }) body: z.infer<typeof changeChannel>,
  ): Promise<Channel> {
    const row = await this.keep.change(caller, id, body);
    const connectable = this.connectable(row, caller, request);
    if (body.active === false) this.connecting.disconnect(connectable);
    else if (row.active && (body.active || body.settings)) this.connecting.connect(connectable);
    return this.show(row, caller, request);
  }

  @Delete(':id')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Req() request: FastifyRequest, @Param('id', { schema: id }) id: string): Promise<void> {
    const row = await this.keep.remove(caller, id);
    this.connecting.disconnect(this.connectable(row, caller, request));
  }

  @Get(':id/log')
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: channelLogPage })
  @ApiResponse({ status: 200, standardSchema: channelLogPage })
  log(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: pageQuery, pipes: [Askable] }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof channelLogPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      await assertChannel(db, id);
      return gatherChannelLog(db, id, query.limit, query.cursor);
    });
  }

  @Get(':id/quarantine')
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: quarantinePage })
  @ApiResponse({ status: 200, standardSchema: quarantinePage })
  quarantine(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: pageQuery, pipes: [Askable] }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof quarantinePage>> {
    return this.scope.run(caller.accountId, async (db) => {
      await assertChannel(db, id);
      return gatherQuarantine(db, id, query.limit, query.cursor);
    });
  }

  private connectable(row: ChannelRow, caller: Caller, request: FastifyRequest) {
    return { accountId: caller.accountId, row, hookUrl: `${siteUrl(request, this.config)}/hooks/${row.hookKey}` };
  }

  /** Without the secrets: only which of them are set. */
  private show({ secrets, hookKey, ...row }: ChannelRow, caller: Caller, request: FastifyRequest): Channel {
    const site = siteUrl(request, this.config);
    return {
      ...row,
      hookUrl: `${site}/hooks/${hookKey}`,
      pageUrl: row.kind === 'webchat' ? `${site}/chat/${hookKey}` : null,
      secretsSet: Object.keys(this.sealed.open(caller.accountId, row.id, secrets)),
    };
  }
}

async function assertChannel(db: Parameters<typeof rowOf>[0], id: string): Promise<void> {
  const known = await rowOf(db, `SELECT id FROM channels WHERE id = $1`, [id]);
  if (!known) throw new NotFound();
}
