import { Body, Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { id, pageOf } from '../../../api/page.js';
import {
  newShadow,
  shadow,
  shadowConversation,
  shadowWithLedger,
  startedShadow,
  type Shadow,
  type ShadowWithLedger,
} from '../../../api/shadows.js';
import { Caller } from '../../auth/caller.js';
import { Roles } from '../../auth/roles.js';
import { AccountScope } from '../../db/account-scope.js';
import { NotFound } from '../../problem/problems.js';
import { Askable } from '../../sql/askable.js';
import { requireRuleSet } from '../require-rule-set.js';
import { KeepShadows } from './keep-shadows.js';
import { gatherLedger, gatherShadow, gatherShadowConversations, gatherShadows } from './shadows.queries.js';

const list = pageOf(shadow);
const conversations = pageOf(shadowConversation);
const conversationsQuery = z.object({ group: z.string().max(32).default('') });

/** A version that is asked what the published one is asked, and changes nothing. */
@ApiTags('Rule sets')
@Controller('api/rule-sets/:id/shadows')
export class ShadowsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly keep: KeepShadows,
  ) {}

  /** One page: no more are kept. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: list })
  @ApiResponse({ status: 200, standardSchema: list })
  async list(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof list>> {
    const items = await this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      return gatherShadows(db, id);
    });
    return { items, nextCursor: null };
  }

  @Post()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: startedShadow })
  @ApiResponse({ status: 201, standardSchema: startedShadow })
  start(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: newShadow.prefault({}) }) body: z.infer<typeof newShadow>,
  ): Promise<z.infer<typeof startedShadow>> {
    return this.keep.start(caller, id, body);
  }

  @Get(':shadow')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: shadowWithLedger })
  @ApiResponse({ status: 200, standardSchema: shadowWithLedger })
  get(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('shadow', { schema: id }) shadowId: string,
  ): Promise<ShadowWithLedger> {
    return this.scope.run(caller.accountId, async (db) => gatherLedger(db, id, await find(db, id, shadowId)));
  }

  @Post(':shadow/stop')
  @Roles('owner', 'admin', 'analyst')
  @HttpCode(204)
  async stop(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('shadow', { schema: id }) shadowId: string,
  ): Promise<void> {
    await this.keep.stop(caller, id, shadowId);
  }

  /** One page: no more than a hundred are told. */
  @Get(':shadow/conversations')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: conversations })
  @ApiResponse({ status: 200, standardSchema: conversations })
  async conversations(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('shadow', { schema: id }) shadowId: string,
    @Query({ schema: conversationsQuery, pipes: [Askable] }) { group }: z.infer<typeof conversationsQuery>,
  ): Promise<z.infer<typeof conversations>> {
    const items = await this.scope.run(caller.accountId, async (db) =>
      gatherShadowConversations(db, id, await find(db, id, shadowId), group),
    );
    return { items, nextCursor: null };
  }
}

async function find(db: EntityManager, ruleSetId: string, id: string): Promise<Shadow> {
  const found = await gatherShadow(db, ruleSetId, id);
  if (!found) throw new NotFound();
  return found;
}
