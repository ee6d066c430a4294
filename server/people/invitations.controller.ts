import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { id } from '../../api/page.js';
import { invitation, invite, invited, type Invitation } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { newSecretToken } from '../auth/secret-token.js';
import { siteUrl } from '../auth/site.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Conflict, NotFound } from '../problem/problems.js';
import { lockPeople } from './people-lock.js';
import { refuseUnknownGroup } from './users.controller.js';

const validMs = 30 * 60_000;

@ApiTags('people')
@Roles('owner', 'admin')
@Controller('api/invitations')
export class InvitationsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  /** The link is in this answer and nowhere else afterwards; the inviting person hands it over. A newer link to the same address ends the older one. */
  @Post()
  @SerializeOptions({ schema: invited })
  @ApiResponse({ status: 201, standardSchema: invited })
  async create(
    @Caller() caller: Caller,
    @Body({ schema: invite }) wanted: z.infer<typeof invite>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof invited>> {
    const email = wanted.email.toLowerCase();
    const { token, hash } = newSecretToken();
    const invitationId = uuid();
    const expiresAt = new Date(Date.now() + validMs);
    await this.scope.run(caller.accountId, async (db) => {
      await lockPeople(db, caller);
      const found: { account_id: string; password_hash: string | null }[] = await db.query(`SELECT * FROM find_user_by_email($1)`, [email]);
      // Somebody who is there and was never able to sign in (a person of the example desk) is invited like a new one.
      if (found[0] && (found[0].password_hash !== null || found[0].account_id !== caller.accountId)) {
        throw new Conflict({ ru: 'Человек с этой почтой уже есть', en: 'There is a person with this address already' });
      }
      if (wanted.groupId) await refuseUnknownGroup(db, wanted.groupId);
      await db.query(`DELETE FROM invitations WHERE accepted_at IS NULL AND (email = $1 OR expires_at < now())`, [email]);
      await db.query(
        `INSERT INTO invitations (id, account_id, email, role, group_id, token_hash, created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [invitationId, caller.accountId, email, wanted.role, wanted.groupId ?? null, hash, caller.userId, expiresAt],
      );
      await this.changes.publish(db, caller.accountId, { kind: 'people', id: invitationId });
      await this.audit.write(db, caller, 'invitation.create', email, { role: wanted.role });
    });
    return { id: invitationId, link: `${siteUrl(request, this.config)}/invite?token=${token}`, expiresAt: expiresAt.toISOString() };
  }

  /** Those that can still be accepted. */
  @Get()
  @SerializeOptions({ schema: invitation })
  @ApiResponse({ status: 200, standardSchema: z.array(invitation) })
  async list(@Caller() caller: Caller): Promise<Invitation[]> {
    const rows: InvitationRow[] = await this.scope.run(caller.accountId, (db) =>
      db.query(
        `SELECT i.id, i.email, i.role, i.created_at, i.expires_at, u.name AS created_by FROM invitations i LEFT JOIN users u ON u.id = i.created_by
         WHERE i.accepted_at IS NULL AND i.expires_at > now() ORDER BY i.created_at DESC LIMIT 200`,
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      email: row.email,
      role: row.role,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      createdBy: row.created_by,
    }));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Param('id', { schema: id }) invitationId: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const [gone]: { email: string }[] = await db.query(
        `WITH gone AS (DELETE FROM invitations WHERE id = $1 AND accepted_at IS NULL RETURNING email) SELECT email FROM gone`,
        [invitationId],
      );
      if (!gone) throw new NotFound();
      await this.changes.publish(db, caller.accountId, { kind: 'people', id: invitationId });
      await this.audit.write(db, caller, 'invitation.remove', gone.email);
    });
  }
}

interface InvitationRow {
  id: string;
  email: string;
  role: Invitation['role'];
  created_at: Date;
  expires_at: Date;
  created_by: string | null;
}
