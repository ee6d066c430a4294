import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { id } from '../../api/page.js';
import { group, saveGroup, type AuditAction, type Group } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { isUniqueViolation } from '../problem/database-errors.js';
import { Conflict, NotFound } from '../problem/problems.js';

@ApiTags('people')
@Controller('api/groups')
export class GroupsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    private readonly audit: Audit,
  ) {}

  @Roles(...everyone)
  @Get()
  @SerializeOptions({ schema: group })
  @ApiResponse({ status: 200, standardSchema: z.array(group) })
  async list(@Caller() caller: Caller): Promise<Group[]> {
    return this.scope.run(caller.accountId, (db) => readGroups(db));
  }

  @Roles('owner', 'admin')
  @Post()
  @SerializeOptions({ schema: group })
  @ApiResponse({ status: 201, standardSchema: group })
  async create(@Caller() caller: Caller, @Body({ schema: saveGroup }) { name }: z.infer<typeof saveGroup>): Promise<Group> {
    const groupId = uuid();
    return this.change(caller, 'group.create', groupId, async (db) => {
      await db.query(`INSERT INTO groups (id, account_id, name) VALUES ($1, $2, $3)`, [groupId, caller.accountId, name]);
      return name;
    });
  }

  @Roles('owner', 'admin')
  @Patch(':id')
  @SerializeOptions({ schema: group })
  @ApiResponse({ status: 200, standardSchema: group })
  async rename(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) groupId: string,
    @Body({ schema: saveGroup }) { name }: z.infer<typeof saveGroup>,
  ): Promise<Group> {
    return this.change(caller, 'group.rename', groupId, async (db) => {
      const found: { name: string }[] = await db.query(`SELECT name FROM groups WHERE id = $1 FOR UPDATE`, [groupId]);
      if (!found[0]) throw new NotFound();
      await db.query(`UPDATE groups SET name = $2 WHERE id = $1`, [groupId, name]);
      return found[0].name;
    });
  }

  /** Its members stay, without a group. */
  @Roles('owner', 'admin')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Param('id', { schema: id }) groupId: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const [gone]: { name: string }[] = await db.query(
        `WITH gone AS (DELETE FROM groups WHERE id = $1 RETURNING name) SELECT name FROM gone`,
        [groupId],
      );
      if (!gone) throw new NotFound();
      await this.changes.publish(db, caller.accountId, { kind: 'people', id: groupId });
      await this.audit.write(db, caller, 'group.remove', gone.name);
    });
  }

  /** `work` gives the name that the audit calls the group by. */
  private async change(caller: Caller, action: AuditAction, groupId: string, work: (db: EntityManager) => Promise<string>): Promise<Group> {
    try {
      return await this.scope.run(caller.accountId, async (db) => {
        const name = await work(db);
        const [after] = await readGroups(db, groupId);
        if (!after) throw new NotFound();
        await this.changes.publish(db, caller.accountId, { kind: 'people', id: groupId });
        await this.audit.write(db, caller, action, name, { name: after.name });
        return after;
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Conflict({ ru: 'Группа с таким названием уже есть', en: 'There is a group of this name already' });
    }
  }
}

async function readGroups(db: EntityManager, groupId: string | null = null): Promise<Group[]> {
  return db.query(
    `SELECT g.id, g.name, (SELECT count(*)::int FROM users u WHERE u.group_id = g.id) AS members
     FROM groups g WHERE $1::uuid IS NULL OR g.id = $1 ORDER BY g.name LIMIT 1000`,
    [groupId],
  );
}
