import { Body, Controller, Get, HttpCode, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { notificationPage } from '../../api/crm.js';
import { id, pageQuery } from '../../api/page.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { rowOf, rowsOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { sql, Walk } from '../sql/walk.js';

const readNotifications = z.strictObject({ ids: z.array(id).min(1).max(200) });

/** Enough for the bell, which shows «99+». */
const mostUnread = 1000;

/** One's own only: whose they are comes from the session, never from the request. A token is nobody and has none. */
@ApiTags('Notifications')
@Controller('api/notifications')
export class NotificationsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: notificationPage })
  @ApiResponse({ status: 200, standardSchema: notificationPage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: pageQuery, pipes: [Askable] }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof notificationPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      const walk = new Walk('notifications', 'created_at').narrow(sql`t.user_id = ${caller.userId}`);
      const { ids, nextCursor } = await walk.page(db, query.limit, query.cursor);
      const items = await rowsOf<z.infer<typeof notificationPage>['items'][number]>(
        db,
        `SELECT n.id, n.text, n.created_at AS "createdAt", n.read_at AS "readAt", n.conversation_id AS "conversationId"
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) JOIN notifications n ON n.id = wanted.id ORDER BY wanted.place`,
        [ids],
      );
      const counted = await rowOf<{ unread: number }>(
        db,
        `SELECT count(*)::int AS unread FROM (SELECT FROM notifications WHERE user_id = $1 AND read_at IS NULL LIMIT ${mostUnread}) few`,
        [caller.userId],
      );
      return { items, nextCursor, unread: counted?.unread ?? 0 };
    });
  }

  /** Ids of others' notifications, and unknown ones, are passed over. */
  @Post('read')
  @Roles(...everyone)
  @HttpCode(204)
  async read(@Caller() caller: Caller, @Body({ schema: readNotifications }) body: z.infer<typeof readNotifications>): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      await db.query(`UPDATE notifications SET read_at = now() WHERE id = ANY ($1) AND user_id = $2 AND read_at IS NULL`, [
        body.ids,
        caller.userId,
      ]);
      await this.changes.publish(db, caller.accountId, { kind: 'notification' });
    });
  }
}
