import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { id, pageOf } from '../../api/page.js';
import { pipeline, savePipeline, type Pipeline } from '../../api/pipelines.js';
import type { AuditAction } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { gatherPipelines } from './pipelines.queries.js';
import { SavePipeline } from './save-pipeline.js';

const pipelinePage = pageOf(pipeline);

@ApiTags('Pipelines')
@Controller('api/pipelines')
export class PipelinesController {
  constructor(
    private readonly scope: AccountScope,
    private readonly save: SavePipeline,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /** One page: pipelines are made by hand, and forms need them all. */
  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: pipelinePage })
  @ApiResponse({ status: 200, standardSchema: pipelinePage })
  async list(@Caller() caller: Caller): Promise<z.infer<typeof pipelinePage>> {
    return { items: await this.scope.run(caller.accountId, (db) => gatherPipelines(db)), nextCursor: null };
  }

  @Get(':id')
  @Roles(...everyone)
  @SerializeOptions({ schema: pipeline })
  @ApiResponse({ status: 200, standardSchema: pipeline })
  get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<Pipeline> {
    return this.scope.run(caller.accountId, (db) => one(db, id));
  }

  @Post()
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: pipeline })
  @ApiResponse({ status: 201, standardSchema: pipeline })
  create(@Caller() caller: Caller, @Body({ schema: savePipeline }) body: z.infer<typeof savePipeline>): Promise<Pipeline> {
    return this.scope.run(caller.accountId, async (db) => {
      const id = await this.save.create(db, caller.accountId, body);
      await this.tell(db, caller, 'pipeline.create', id, body.name);
      return one(db, id);
    });
  }

  @Put(':id')
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: pipeline })
  @ApiResponse({ status: 200, standardSchema: pipeline })
  replace(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: savePipeline }) body: z.infer<typeof savePipeline>,
  ): Promise<Pipeline> {
    return this.scope.run(caller.accountId, async (db) => {
      await this.save.replace(db, caller.accountId, id, body);
      await this.tell(db, caller, 'pipeline.change', id, body.name);
      return one(db, id);
    });
  }

  @Delete(':id')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const name = await this.save.remove(db, id);
      await this.tell(db, caller, 'pipeline.delete', id, name);
    });
  }

  private async tell(db: EntityManager, caller: Caller, action: AuditAction, id: string, name: string): Promise<void> {
    await this.audit.write(db, caller, action, name, { id });
    await this.changes.publish(db, caller.accountId, { kind: 'pipeline', id });
  }
}

async function one(db: EntityManager, id: string): Promise<Pipeline> {
  const [found] = await gatherPipelines(db, [id]);
  if (!found) throw new NotFound();
  return found;
}
