import { Buffer } from 'node:buffer';
import { Body, Controller, Get, HttpCode, Param, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { backtest, backtestConversation, newBacktest, type Backtest } from '../../../api/backtests.js';
import { id, pageOf, pageQuery } from '../../../api/page.js';
import { Caller } from '../../auth/caller.js';
import { Roles } from '../../auth/roles.js';
import { AccountScope } from '../../db/account-scope.js';
import { Invalid, NotFound } from '../../problem/problems.js';
import { Askable } from '../../sql/askable.js';
import { requireRuleSet } from '../require-rule-set.js';
import { gatherBacktests, gatherConversations } from './backtests.queries.js';
import { KeepBacktests } from './keep-backtests.js';

const list = pageOf(backtest);
const created = z.object({ id });
const conversations = pageOf(backtestConversation);
const conversationsQuery = pageQuery.extend({ group: z.coerce.number().int().min(0).max(1000).default(0) });

/** The draft played over recorded messages, beside what is live. */
@ApiTags('Rule sets')
@Controller('api/rule-sets/:id/backtests')
export class BacktestsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly keep: KeepBacktests,
  ) {}

  /** One page: no more are kept. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: list })
  @ApiResponse({ status: 200, standardSchema: list })
  async list(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof list>> {
    const items = await this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      return gatherBacktests(db, id);
    });
    return { items, nextCursor: null };
  }

  @Post()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: created })
  @ApiResponse({ status: 201, standardSchema: created })
  async create(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: newBacktest }) body: z.infer<typeof newBacktest>,
  ): Promise<z.infer<typeof created>> {
    return { id: await this.keep.create(caller, id, body) };
  }

  @Get(':backtest')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: backtest })
  @ApiResponse({ status: 200, standardSchema: backtest })
  get(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('backtest', { schema: id }) backtestId: string,
  ): Promise<Backtest> {
    return this.scope.run(caller.accountId, (db) => find(db, id, backtestId));
  }

  @Post(':backtest/cancel')
  @Roles('owner', 'admin', 'analyst')
  @HttpCode(204)
  async cancel(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('backtest', { schema: id }) backtestId: string,
  ): Promise<void> {
    await this.keep.cancel(caller, id, backtestId);
  }

  @Get(':backtest/conversations')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: conversations })
  @ApiResponse({ status: 200, standardSchema: conversations })
  conversations(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('backtest', { schema: id }) backtestId: string,
    @Query({ schema: conversationsQuery, pipes: [Askable] }) { group, limit, cursor }: z.infer<typeof conversationsQuery>,
  ): Promise<z.infer<typeof conversations>> {
    return this.scope.run(caller.accountId, async (db) => {
      await find(db, id, backtestId);
      const rows = await gatherConversations(db, backtestId, group, cursor === undefined ? -1 : parseCursor(cursor), limit + 1);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return { items: rows.slice(0, limit), nextCursor: last ? Buffer.from(`d${last.no}`).toString('base64url') : null };
    });
  }
}

async function find(db: EntityManager, ruleSetId: string, id: string): Promise<Backtest> {
  const [found] = await gatherBacktests(db, ruleSetId, id);
  if (!found) throw new NotFound();
  return found;
}

function parseCursor(cursor: string): number {
  const no = /^d(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (no === undefined) throw new Invalid([{ path: 'cursor', detail: { ru: 'Не из этого списка', en: 'Not of this list' } }]);
  return Number(no);
}
