import { Body, Controller, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { changePassword, changeProfile } from '../../api/session.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { hashPassword, isPassword } from '../auth/passwords.js';
import { everyone, Roles } from '../auth/roles.js';
import { Sessions } from '../auth/sessions.js';
import { SignInLimits } from '../auth/sign-in-limits.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Forbidden, Invalid } from '../problem/problems.js';
import { refuseUnknownTimezone } from './timezone.js';

@ApiTags('profile')
@Roles(...everyone)
@Controller('api/profile')
export class ProfileController {
  constructor(
    private readonly scope: AccountScope,
    private readonly sessions: Sessions,
    private readonly limits: SignInLimits,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  @Patch()
  @HttpCode(204)
  async change(@Caller() caller: Caller, @Body({ schema: changeProfile }) wanted: z.infer<typeof changeProfile>): Promise<void> {
    const userId = personOf(caller);
    refuseUnknownTimezone(wanted.timezone);
    await this.scope.run(caller.accountId, async (db) => {
      await db.query(
        `UPDATE users SET name = coalesce($2, name), language = coalesce($3, language), timezone = coalesce($4, timezone), theme = coalesce($5, theme)
         WHERE id = $1`,
        [userId, wanted.name ?? null, wanted.language ?? null, wanted.timezone ?? null, wanted.theme ?? null],
      );
      if (wanted.name !== undefined) await this.changes.publish(db, caller.accountId, { kind: 'people', id: userId });
    });
  }

  /** Ends the person's other sessions: whoever knew the old password is out. */
  @Post('password')
  @HttpCode(204)
  async changePassword(
    @Caller() caller: Caller,
    @Body({ schema: changePassword }) { current, password }: z.infer<typeof changePassword>,
  ): Promise<void> {
    const userId = personOf(caller);
    const stored = await this.scope.run(caller.accountId, async (db) => {
      const [row]: { email: string; password_hash: string | null }[] = await db.query(
        `SELECT email, password_hash FROM users WHERE id = $1`,
        [userId],
      );
      return row;
    });
    // A stolen session is no way to guess the password.
    const email = stored?.email ?? '';
    await this.limits.take(email, caller.ip);
    if (!(await isPassword(current, stored?.password_hash))) {
      throw new Invalid([{ path: 'current', detail: { ru: 'Это не нынешний пароль', en: 'This is not the present password' } }]);
    }
    await this.limits.forgive(email, caller.ip);
    const passwordHash = await hashPassword(password);
    await this.scope.run(caller.accountId, async (db) => {
      await db.query(`UPDATE users SET password_hash = $2 WHERE id = $1`, [userId, passwordHash]);
      await this.sessions.endAll(db, caller.accountId, userId, caller.sessionId);
      await this.audit.write(db, caller, 'profile.password');
    });
  }
}

function personOf(caller: Caller): string {
  if (caller.userId === null) throw new Forbidden({ ru: 'У токена нет профиля', en: 'A token has no profile' });
  return caller.userId;
}
