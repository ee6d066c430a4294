import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { apiToken, createdToken, createToken, type ApiToken } from '../../api/session.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { AccountScope } from '../db/account-scope.js';
import { Forbidden, NotFound } from '../problem/problems.js';
import { Caller } from './caller.js';
import { Roles } from './roles.js';
import { apiTokenPrefix, newSecretToken } from './secret-token.js';

@ApiTags('tokens')
@Roles('owner', 'admin')
@Controller('api/tokens')
export class TokensController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
  ) {}

  /** The token is in this answer and nowhere else afterwards. */
  @Post()
  @SerializeOptions({ schema: createdToken })
  @ApiResponse({ status: 201, standardSchema: createdToken })
  async create(
    @Caller() caller: Caller,
    @Body({ schema: createToken }) { name, role }: z.infer<typeof createToken>,
  ): Promise<z.infer<typeof createdToken>> {
    // A leaked token must not be able to outlive its removal through another one.
    if (caller.userId === null) throw new Forbidden({ ru: 'Токены создаёт человек', en: 'Tokens are made by people' });
    const { token, hash } = newSecretToken(apiTokenPrefix);
    const tokenId = uuid();
    await this.scope.run(caller.accountId, async (db) => {
      await db.query(`INSERT INTO api_tokens (id, account_id, name, role, token_hash, created_by) VALUES ($1, $2, $3, $4, $5, $6)`, [
        tokenId,
        caller.accountId,
        name,
        role,
        hash,
        caller.userId,
      ]);
      await this.audit.write(db, caller, 'token.create', name, { role });
    });
    return { id: tokenId, token };
  }

  @Get()
  @SerializeOptions({ schema: apiToken })
  @ApiResponse({ status: 200, standardSchema: z.array(apiToken) })
  async list(@Caller() caller: Caller): Promise<ApiToken[]> {
    const rows: TokenRow[] = await this.scope.run(caller.accountId, (db) =>
      db.query(
        `SELECT t.id, t.name, t.role, t.created_at, u.name AS created_by, t.last_used_at
         FROM api_tokens t LEFT JOIN users u ON u.id = t.created_by ORDER BY t.created_at DESC LIMIT 200`,
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      role: row.role,
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
    }));
  }

  /** Works no more from the next request on. */
  @Delete(':id')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Param('id', { schema: id }) tokenId: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const [gone]: { name: string }[] = await db.query(
        `WITH gone AS (DELETE FROM api_tokens WHERE id = $1 RETURNING name) SELECT name FROM gone`,
        [tokenId],
      );
      if (!gone) throw new NotFound();
      await this.audit.write(db, caller, 'token.remove', gone.name);
    });
  }
}

interface TokenRow {
  id: string;
  name: string;
  role: ApiToken['role'];
  created_at: Date;
  created_by: string | null;
  last_used_at: Date | null;
}
