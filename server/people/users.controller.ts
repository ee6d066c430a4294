import { Body, Controller, Get, HttpCode, Param, Patch, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { id } from '../../api/page.js';
import { changeUser, user, type User } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { Sessions } from '../auth/sessions.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Forbidden, Invalid, NotFound } from '../problem/problems.js';
import { keepAnOwner, lockPeople } from './people-lock.js';

@ApiTags('people')
@Controller('api/users')
export class UsersController {
  constructor(
    private readonly scope: AccountScope,
    private readonly sessions: Sessions,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  @Roles(...everyone)
  @Get()
  @SerializeOptions({ schema: user })
  @ApiResponse({ status: 200, standardSchema: z.array(user) })
  async list(@Caller() caller: Caller): Promise<User[]> {
    return this.scope.run(caller.accountId, (db) => readUsers(db));
  }

  /** A new role or a switch-off ends the person's sessions. */
  @Roles('owner', 'admin')
  @Patch(':id')
  @HttpCode(200)
  @SerializeOptions({ schema: user })
  @ApiResponse({ status: 200, standardSchema: user })
  async change(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) userId: string,
    @Body({ schema: changeUser }) wanted: z.infer<typeof changeUser>,
  ): Promise<User> {
    return this.scope.run(caller.accountId, async (db) => {
      const ownRole = await lockPeople(db, caller);
      const [before] = await readUsers(db, userId);
      if (!before) throw new NotFound();
      const concernsOwners = before.role === 'owner' || wanted.role === 'owner';
      if (concernsOwners && ownRole !== 'owner') {
        throw new Forbidden({ ru: 'Владельцев меняет только владелец', en: 'Owners are changed by owners only' });
      }
      if (wanted.groupId) await refuseUnknownGroup(db, wanted.groupId);
      await db.query(
        `UPDATE users SET name = coalesce($2, name), role = coalesce($3, role), active = coalesce($4, active),
           group_id = CASE WHEN $5 THEN $6::uuid ELSE group_id END WHERE id = $1`,
        [userId, wanted.name ?? null, wanted.role ?? null, wanted.active ?? null, wanted.groupId !== undefined, wanted.groupId ?? null],
      );
      await keepAnOwner(db);
      const [after] = await readUsers(db, userId);
      if (!after) throw new NotFound();
      if (after.role !== before.role || !after.active) await this.sessions.endAll(db, caller.accountId, userId);
      await this.changes.publish(db, caller.accountId, { kind: 'people', id: userId });
      await this.audit.write(db, caller, 'user.change', before.email, { before: traits(before), after: traits(after) });
      return after;
    });
  }
}

async function readUsers(db: EntityManager, userId: string | null = null): Promise<User[]> {
  const rows: UserRow[] = await db.query(
    `SELECT u.id, u.name, u.email, u.role, u.active, u.created_at, g.id AS group_id, g.name AS group_name
     FROM users u LEFT JOIN groups g ON g.id = u.group_id WHERE $1::uuid IS NULL OR u.id = $1 ORDER BY u.created_at, u.id LIMIT 2000`,
    [userId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    active: row.active,
    group: row.group_id && row.group_name !== null ? { id: row.group_id, name: row.group_name } : null,
    createdAt: row.created_at.toISOString(),
  }));
}

/** Throws `Invalid` for a group that is not of this account. */
export async function refuseUnknownGroup(db: EntityManager, groupId: string): Promise<void> {
  const found: unknown[] = await db.query(`SELECT 1 FROM groups WHERE id = $1`, [groupId]);
  if (found.length > 0) return;
  throw new Invalid([{ path: 'groupId', detail: { ru: 'Такой группы нет', en: 'There is no such group' } }]);
}

function traits({ name, role, active, group }: User): Record<string, unknown> {
  return { name, role, active, group: group?.name ?? null };
}

interface UserRow {
  id: string;
  name: string;
  email: string;
  role: User['role'];
  active: boolean;
  created_at: Date;
  group_id: string | null;
  group_name: string | null;
}
