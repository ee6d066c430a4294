import { Body, Controller, Delete, Get, HttpCode, Inject, Logger, Param, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openSession, signIn, whoAmI, type OpenSession, type WhoAmI } from '../../api/session.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { NotFound, Unauthorized } from '../problem/problems.js';
import { Caller } from './caller.js';
import { isPassword } from './passwords.js';
import { everyone, Public, Roles } from './roles.js';
import { clearSessionCookie, readSessionCookie, refuseExposed, writeSessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';

@ApiTags('session')
@Controller('api')
export class SessionController {
  private readonly log = new Logger('auth');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly scope: AccountScope,
    private readonly sessions: Sessions,
    private readonly limits: SignInLimits,
    private readonly audit: Audit,
  ) {}

  /** An unknown address, a wrong password and a disabled person get the same answer in the same time. */
  @Public()
  @Post('session')
  @HttpCode(204)
  async signIn(
    @Body({ schema: signIn }) { email, password }: z.infer<typeof signIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    refuseExposed(request, this.config);
    await this.limits.take(email, request.ip);
    const [user] = await this.scope.lookUp<FoundUser>(`SELECT * FROM find_user_by_email($1)`, [email.trim()]);
    const isRight = await isPassword(password, user?.password_hash);
    if (!user || !isRight || !user.active) {
      if (user) this.noteRefusal(user, request.ip);
      throw new Unauthorized({ ru: 'Почта или пароль не подходят', en: 'The address or the password is wrong' });
    }
    await this.limits.forgive(email, request.ip);
    const stale = readSessionCookie(request, this.config);
    const before = stale === undefined ? undefined : await this.sessions.find(stale, request.ip);
    const session = await this.scope.run(user.account_id, async (db) => {
      // The id of before signing in does not live on: it may have been planted.
      if (before?.sessionId && before.userId && before.accountId === user.account_id) {
        await this.sessions.end(db, before.accountId, before.sessionId, before.userId);
      }
      const person = { accountId: user.account_id, userId: user.user_id };
      const started = await this.sessions.start(db, person, { ip: request.ip, userAgent: request.headers['user-agent'] });
      const [row]: { name: string }[] = await db.query(`SELECT name FROM users WHERE id = $1`, [user.user_id]);
      await this.audit.write(db, { ...person, tokenId: null, name: row?.name ?? email, ip: request.ip }, 'session.start');
      return started;
    });
    writeSessionCookie(request, reply, this.config, session.token, session.expiresAt);
  }

  @Roles(...everyone)
  @Get('session')
  @SerializeOptions({ schema: whoAmI })
  @ApiResponse({ status: 200, standardSchema: whoAmI })
  async who(@Caller() caller: Caller): Promise<WhoAmI> {
    return this.scope.run(caller.accountId, async (db) => {
      const [account]: WhoAmI['account'][] = await db.query(`SELECT id, name, timezone, sending_stopped AS "sendingStopped" FROM accounts`);
      if (!account) throw new NotFound();
      const [user]: WhoAmI['user'][] = await db.query(`SELECT id, name, email, role, language, timezone, theme FROM users WHERE id = $1`, [
        caller.userId,
      ]);
      // A program has no profile; its token stands for it.
      const program = { id: caller.tokenId ?? '', name: caller.name, email: '', role: caller.role, language: caller.language };
      return { user: user ?? { ...program, timezone: account.timezone, theme: 'auto' }, account, sessionId: caller.sessionId };
    });
  }

  @Roles(...everyone)
  @Delete('session')
  @HttpCode(204)
  async signOut(@Caller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { accountId, sessionId, userId } = caller;
    if (sessionId && userId) {
      await this.scope.run(accountId, async (db) => {
        await this.sessions.end(db, accountId, sessionId, userId);
        await this.audit.write(db, caller, 'session.end');
      });
    }
    clearSessionCookie(reply);
  }

  /** The caller's own, newest first. */
  @Roles(...everyone)
  @Get('sessions')
  @SerializeOptions({ schema: openSession })
  @ApiResponse({ status: 200, standardSchema: z.array(openSession) })
  async list(@Caller() caller: Caller): Promise<OpenSession[]> {
    const rows: SessionListRow[] = await this.scope.run(caller.accountId, (db) =>
      db.query(
        `SELECT id, ip, user_agent, created_at, last_seen_at FROM sessions WHERE user_id = $1 AND expires_at > now() ORDER BY last_seen_at DESC LIMIT 200`,
        [caller.userId],
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      current: row.id === caller.sessionId,
      ip: row.ip,
      userAgent: row.user_agent,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
    }));
  }

  @Roles(...everyone)
  @Delete('sessions/:id')
  @HttpCode(204)
  async end(@Caller() caller: Caller, @Param('id', { schema: id }) sessionId: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const isEnded = caller.userId !== null && (await this.sessions.end(db, caller.accountId, sessionId, caller.userId));
      if (!isEnded) throw new NotFound();
      await this.audit.write(db, caller, 'session.end', sessionId);
    });
  }

  /** All but the one that asks. */
  @Roles(...everyone)
  @Delete('sessions')
  @HttpCode(204)
  async endOthers(@Caller() caller: Caller): Promise<void> {
    const { userId } = caller;
    if (userId === null) throw new NotFound();
    await this.scope.run(caller.accountId, async (db) => {
      await this.sessions.endAll(db, caller.accountId, userId, caller.sessionId);
      await this.audit.write(db, caller, 'session.end-others');
    });
  }

  /** Beside the answer, so that known and unknown people take the same time. */
  private noteRefusal(user: FoundUser, ip: string): void {
    const line = { accountId: user.account_id, actor: 'sign-in', ip };
    this.scope
      .run(user.account_id, (db) => this.audit.write(db, line, 'session.refused', user.user_id))
      .catch((error: unknown) => this.log.error({ event: 'audit-failed', error }));
  }
}

interface FoundUser {
  user_id: string;
  account_id: string;
  password_hash: string | null;
  active: boolean;
}

interface SessionListRow {
  id: string;
  ip: string | null;
  user_agent: string | null;
  created_at: Date;
  last_seen_at: Date;
}
