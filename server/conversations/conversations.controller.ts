import { Body, Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  answerBody,
  answered,
  conversation,
  conversationPage,
  conversationsQuery,
  scoreRequested,
  type Conversation,
} from '../../api/crm.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { raiseEvent } from '../messaging/raise-event.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { Answer } from './answer.js';
import { gatherConversationIds, gatherConversations } from './conversations.queries.js';
import { isScoreAsked } from './is-score-asked.js';

@ApiTags('Conversations')
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
    private readonly answers: Answer,
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

  /** What a person writes to the client; the answer names the messages, of which a long text makes several. */
  @Post(':id/messages')
  @Roles('owner', 'admin', 'operator')
  @SerializeOptions({ schema: answered })
  @ApiResponse({ status: 201, standardSchema: answered })
  async answer(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: answerBody }) body: z.infer<typeof answerBody>,
  ): Promise<z.infer<typeof answered>> {
    return { messages: await this.answers.apply(caller, id, body.text) };
  }

  /** «Отправить NPS»: the rules that start on it ask the client; without such rules nothing happens, and the answer says so. */
  @Post(':id/request-score')
  @Roles('owner', 'admin', 'operator')
  @SerializeOptions({ schema: scoreRequested })
  @ApiResponse({ status: 201, standardSchema: scoreRequested })
  async requestScore(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof scoreRequested>> {
    return this.scope.run(caller.accountId, async (db) => {
      const found = await rowOf<{ number: string; contactId: string }>(
        db,
        `SELECT number, contact_id AS "contactId" FROM conversations WHERE id = $1`,
        [id],
      );
      if (!found) throw new NotFound();
      if (!(await isScoreAsked(db, found.contactId))) return { asked: false };
      await raiseEvent(db, caller.accountId, { conversationId: id, type: 'score-requested' });
      await this.audit.write(db, caller, 'conversation.request-score', id, { number: found.number });
      return { asked: true };
    });
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
      await raiseEvent(db, caller.accountId, { conversationId: id, type: 'conversation-closed' });
      await this.audit.write(db, caller, 'conversation.close', id, { number: found.number });
      await this.changes.publish(db, caller.accountId, { kind: 'conversation', id, conversationId: id });
    });
  }
}
