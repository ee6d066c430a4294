import { Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { taskPage, tasksQuery } from '../../api/crm.js';
import { id } from '../../api/page.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { gatherTasks } from './tasks.queries.js';

@ApiTags('Tasks')
@Controller('api/tasks')
export class TasksController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: taskPage })
  @ApiResponse({ status: 200, standardSchema: taskPage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: tasksQuery, pipes: [Askable] }) query: z.infer<typeof tasksQuery>,
  ): Promise<z.infer<typeof taskPage>> {
    return this.scope.run(caller.accountId, (db) => gatherTasks(db, query, caller.userId));
  }

  /** A task that is done keeps the time at which it first was. */
  @Post(':id/done')
  @Roles('owner', 'admin', 'operator')
  @HttpCode(204)
  async done(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const done = await rowOf(db, `UPDATE tasks SET done_at = coalesce(done_at, now()) WHERE id = $1 RETURNING id`, [id]);
      if (!done) throw new NotFound();
      await this.changes.publish(db, caller.accountId, { kind: 'task', id });
    });
  }
}
