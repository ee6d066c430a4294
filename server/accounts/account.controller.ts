import { Body, Controller, Get, Patch, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { account, changeAccount } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { refuseUnknownTimezone } from './timezone.js';

type Account = z.infer<typeof account>;

@ApiTags('account')
@Controller('api/account')
export class AccountController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  @Roles(...everyone)
  @Get()
  @SerializeOptions({ schema: account })
  @ApiResponse({ status: 200, standardSchema: account })
  async show(@Caller() caller: Caller): Promise<Account> {
    return this.scope.run(caller.accountId, readAccount);
  }

  @Roles('owner', 'admin')
  @Patch()
  @SerializeOptions({ schema: account })
  @ApiResponse({ status: 200, standardSchema: account })
  async change(@Caller() caller: Caller, @Body({ schema: changeAccount }) wanted: z.infer<typeof changeAccount>): Promise<Account> {
    refuseUnknownTimezone(wanted.timezone);
    return this.scope.run(caller.accountId, async (db) => {
      await db.query(
        `UPDATE accounts SET name = coalesce($2, name), timezone = coalesce($3, timezone), answer_age_seconds = coalesce($4, answer_age_seconds),
           sending_stopped = coalesce($5, sending_stopped) WHERE id = $1`,
        [caller.accountId, wanted.name ?? null, wanted.timezone ?? null, wanted.answerAgeSeconds ?? null, wanted.sendingStopped ?? null],
      );
      // What waited meanwhile is due at once; the sweep finds it.
      if (wanted.sendingStopped === false)
        await db.query(`UPDATE outbox SET next_attempt_at = now() WHERE status = 'queued' AND error = 'stopped'`);
      await this.changes.publish(db, caller.accountId, { kind: 'people' });
      await this.audit.write(db, caller, 'account.change', wanted.name ?? null, wanted);
      return readAccount(db);
    });
  }
}

async function readAccount(db: EntityManager): Promise<Account> {
  const [row]: Account[] = await db.query(
    `SELECT id, name, timezone, answer_age_seconds AS "answerAgeSeconds", sending_stopped AS "sendingStopped" FROM accounts`,
  );
  if (!row) throw new NotFound();
  return row;
}
