import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { acceptInvitation, invitationInfo } from '../../api/people.js';
import type { Role } from '../../api/session.js';
import { Audit } from '../audit/audit.js';
import { hashPassword } from '../auth/passwords.js';
import { Public } from '../auth/roles.js';
import { hashOfToken } from '../auth/secret-token.js';
import { refuseExposed, writeSessionCookie } from '../auth/session-cookie.js';
import { Sessions } from '../auth/sessions.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { isUniqueViolation } from '../problem/database-errors.js';
import { Conflict, NotFound } from '../problem/problems.js';

const tokenQuery = z.object({ token: z.string().max(200) });

/** For the invited person, who has no session yet. */
@ApiTags('people')
@Public()
@Controller('api/invitation')
export class AcceptInvitationController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly scope: AccountScope,
    private readonly sessions: Sessions,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  @Get()
  @SerializeOptions({ schema: invitationInfo })
  @ApiResponse({ status: 200, standardSchema: invitationInfo })
  async show(@Query({ schema: tokenQuery }) { token }: z.infer<typeof tokenQuery>): Promise<z.infer<typeof invitationInfo>> {
    const found = await this.find(token);
    const [row] = await this.scope.run<z.infer<typeof invitationInfo>[]>(found.account_id, (db) =>
      db.query(
        `SELECT i.email, i.role, a.name AS "accountName" FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE i.id = $1`,
        [found.invitation_id],
      ),
    );
    if (!row) throw gone();
    return row;
  }

  /** Makes the person and signs in. */
  @Post()
  @HttpCode(204)
  async accept(
    @Body({ schema: acceptInvitation }) given: z.infer<typeof acceptInvitation>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    refuseExposed(request, this.config);
    const found = await this.find(given.token);
    const passwordHash = await hashPassword(given.password);
    const accountId = found.account_id;
    const session = await this.scope.run(accountId, async (db) => {
      // Of two clicks at once the second finds it taken.
      const [it]: TakenInvitation[] = await db.query(
        `WITH it AS (UPDATE invitations SET accepted_at = now() WHERE id = $1 AND accepted_at IS NULL AND expires_at > now() RETURNING email, role, group_id)
         SELECT * FROM it`,
        [found.invitation_id],
      );
      if (!it) throw gone();
      const userId = await admit(db, accountId, it, given, passwordHash);
      const actor = { accountId, userId, tokenId: null, name: given.name, ip: request.ip };
      await this.audit.write(db, actor, 'invitation.accept', it.email, { role: it.role });
      await this.changes.publish(db, accountId, { kind: 'people', id: userId });
      return this.sessions.start(db, { accountId, userId }, { ip: request.ip, userAgent: request.headers['user-agent'] });
    });
    writeSessionCookie(request, reply, this.config, session.token, session.expiresAt);
  }

  private async find(token: string): Promise<{ invitation_id: string; account_id: string }> {
    const [row] = await this.scope.lookUp<{ invitation_id: string; account_id: string }>(`SELECT * FROM find_invitation($1)`, [
      hashOfToken(token),
    ]);
    if (!row) throw gone();
    return row;
  }
}

/** Gives the id of the new person, or of the one who was there without a way to sign in. */
async function admit(
  db: EntityManager,
  accountId: string,
  it: TakenInvitation,
  given: z.infer<typeof acceptInvitation>,
  passwordHash: string,
): Promise<string> {
  try {
    const [row]: { id: string }[] = await db.query(
      `INSERT INTO users (id, account_id, email, name, password_hash, role, group_id, language, timezone)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, a.timezone FROM accounts a WHERE a.id = $2
       ON CONFLICT (email) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash, role = excluded.role, active = true,
         group_id = coalesce(excluded.group_id, users.group_id), language = excluded.language
         WHERE users.account_id = excluded.account_id AND users.password_hash IS NULL
       RETURNING id`,
      [uuid(), accountId, it.email, given.name, passwordHash, it.role, it.group_id, given.language],
    );
    if (row) return row.id;
  } catch (error) {
    // A person of another account: row-level security refuses to see the row that is in the way.
    if (!isUniqueViolation(error) && !/row-level security/.test(String(error))) throw error;
  }
  throw new Conflict({ ru: 'Человек с этой почтой уже есть', en: 'There is a person with this address already' });
}

function gone(): NotFound {
  return new NotFound({ ru: 'Ссылка уже использована или устарела', en: 'The link has been used or has expired' });
}

interface TakenInvitation {
  email: string;
  role: Role;
  group_id: string | null;
}
