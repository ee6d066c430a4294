import { Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { messageCounts, messageDetail, messagePage, messagesQuery, run } from '../../api/messages.js';
import { id, pageOf } from '../../api/page.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { NotFound } from '../problem/problems.js';
import { Askable } from '../sql/askable.js';
import { gatherMessageDetail, gatherRuns } from './message-detail.queries.js';
import { gatherMessageCounts, gatherMessageIds, gatherMessages } from './messages.queries.js';
import { Resend } from './resend.js';

const runPage = pageOf(run);

@ApiTags('Messages')
@Controller('api/messages')
export class MessagesController {
  constructor(
    private readonly scope: AccountScope,
    private readonly resend: Resend,
  ) {}

  /** A page may be shorter than `limit` and not the last: `nextCursor` tells. */
  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: messagePage })
  @ApiResponse({ status: 200, standardSchema: messagePage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: messagesQuery, pipes: [Askable] }) query: z.infer<typeof messagesQuery>,
  ): Promise<z.infer<typeof messagePage>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { ids, nextCursor } = await gatherMessageIds(db, query);
      return { items: await gatherMessages(db, ids), nextCursor };
    });
  }

  /** Over the newest 20,000 messages that channel, contact, conversation, period and the status of the run leave; `partial` says that there are older ones. */
  @Get('counts')
  @Roles(...everyone)
  @SerializeOptions({ schema: messageCounts })
  @ApiResponse({ status: 200, standardSchema: messageCounts })
  counts(
    @Caller() caller: Caller,
    @Query({ schema: messagesQuery, pipes: [Askable] }) query: z.infer<typeof messagesQuery>,
  ): Promise<z.infer<typeof messageCounts>> {
    return this.scope.run(caller.accountId, (db) => gatherMessageCounts(db, query));
  }

  @Get(':id')
  @Roles(...everyone)
  @SerializeOptions({ schema: messageDetail })
  @ApiResponse({ status: 200, standardSchema: messageDetail })
  async get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof messageDetail>> {
    const found = await this.scope.run(caller.accountId, (db) => gatherMessageDetail(db, id));
    if (!found) throw new NotFound();
    return found;
  }

  @Get(':id/runs')
  @Roles(...everyone)
  @SerializeOptions({ schema: runPage })
  @ApiResponse({ status: 200, standardSchema: runPage })
  async runs(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof runPage>> {
    const items = await this.scope.run(caller.accountId, (db) => gatherRuns(db, id));
    if (!items) throw new NotFound();
    return { items, nextCursor: null };
  }

  @Post(':id/resend')
  @Roles('owner', 'admin', 'operator')
  @HttpCode(204)
  async sendAgain(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.resend.apply(caller, id);
  }
}
