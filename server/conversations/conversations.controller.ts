import { Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { conversation, conversationPage, conversationsQuery, type Conversation } from '../../api/crm.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { gatherConversationIds, gatherConversations } from './conversations.queries.js';

@ApiTags('Conversations')
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: conversationPage })
  @ApiResponse({ status: 200, standardSchema: conversationPage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: conversationsQuery, pipes: [Askable] }) query: z.infer<typeof conversationsQuery>,
  ): Promise<z.infer<typeof conversationPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { ids, nextCursor } = await gatherConversationIds(db, query);
      return { items: await gatherConversations(db, ids), nextCursor };
    });
  }

  @Get(':id')
  @Roles(...everyone)
  @SerializeOptions({ schema: conversation })
  @ApiResponse({ status: 200, standardSchema: conversation })
  async get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<Conversation> {
    const [found] = await this.scope.run(caller.accountId, (db) => gatherConversations(db, [id]));
    if (!found) throw new NotFound();
    return found;
  }

  /** Closing one that is closed changes nothing. The client's next message opens a new conversation with a new number. */
  @Post(':id/close')
  @Roles('owner', 'admin', 'operator')
  @HttpCode(204)
  async close(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const found = await rowOf<{ status: string; number: string }>(
        db,
        `SELECT status, number FROM conversations WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!found) throw new NotFound();
      if (found.status === 'closed') return;
      await db.query(`UPDATE conversations SET status = 'closed', closed_at = now(), needs_answer = false, unread = 0 WHERE id = $1`, [id]);
      await this.audit.write(db, caller, 'conversation.close', id, { number: found.number });
      await this.changes.publish(db, caller.accountId, { kind: 'conversation', id, conversationId: id });
    });
  }
}
