import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

@ApiTags('Channels')
@Controller('api/quarantine')
export class QuarantineController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /** Puts a request back into the inbox: for after an upgrade that understands it. 404 when it is not in quarantine any more. */
  @Post(':id/retry')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async retry(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const request = await rowOf<{ channelId: string }>(
        db,
        `UPDATE webhook_requests SET status = 'pending', attempts = 0, error = NULL, processed_at = NULL
         WHERE id = $1 AND status = 'quarantined' RETURNING channel_id AS "channelId"`,
        [id],
      );
      if (!request) throw new NotFound();
      await this.audit.write(db, caller, 'quarantine.retry', id, { channelId: request.channelId });
      await this.changes.publish(db, caller.accountId, { kind: 'channel', id: request.channelId });
      await db.query(`SELECT pg_notify('inbox', $1)`, [`${caller.accountId} ${request.channelId}`]);
    });
  }
}
