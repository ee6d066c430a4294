import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { id, pageOf } from '../../api/page.js';
import { changeRuleSet, createRuleSet, findInRuleSets, foundInRuleSets, ruleSet, type RuleSet } from '../../api/rule-sets.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { NotFound } from '../problem/problems.js';
import { findInDrafts } from './find-in-drafts.js';
import { KeepRuleSets } from './keep-rule-sets.js';
import { RuleSetStates } from './rule-set-states.js';
import { gatherDrafts, gatherRuleSetRows } from './rule-sets.queries.js';

const ruleSetPage = pageOf(ruleSet);
const created = z.object({ id });

@ApiTags('Rule sets')
@Controller('api/rule-sets')
export class RuleSetsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly keep: KeepRuleSets,
    private readonly states: RuleSetStates,
  ) {}

  /** One page: priority is among all of them. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: ruleSetPage })
  @ApiResponse({ status: 200, standardSchema: ruleSetPage })
  async list(@Caller() caller: Caller): Promise<z.infer<typeof ruleSetPage>> {
    const items = await this.scope.run(caller.accountId, async (db) => this.states.complete(db, await gatherRuleSetRows(db)));
    return { items, nextCursor: null };
  }

  @Get('found')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: foundInRuleSets })
  @ApiResponse({ status: 200, standardSchema: foundInRuleSets })
  async found(
    @Caller() caller: Caller,
    @Query({ schema: findInRuleSets }) { q, language }: z.infer<typeof findInRuleSets>,
  ): Promise<z.infer<typeof foundInRuleSets>> {
    return findInDrafts(await this.scope.run(caller.accountId, gatherDrafts), q, language);
  }

  @Get(':id')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: ruleSet })
  @ApiResponse({ status: 200, standardSchema: ruleSet })
  async get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<RuleSet> {
    const [found] = await this.scope.run(caller.accountId, async (db) => this.states.complete(db, await gatherRuleSetRows(db, id)));
    if (!found) throw new NotFound();
    return found;
  }

  @Post()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: created })
  @ApiResponse({ status: 201, standardSchema: created })
  async create(
    @Caller() caller: Caller,
    @Body({ schema: createRuleSet }) body: z.infer<typeof createRuleSet>,
  ): Promise<z.infer<typeof created>> {
    return { id: await this.keep.create(caller, body) };
  }

  @Patch(':id')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async change(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: changeRuleSet }) body: z.infer<typeof changeRuleSet>,
  ): Promise<void> {
    await this.keep.change(caller, id, body);
  }

  @Delete(':id')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async remove(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<void> {
    await this.keep.remove(caller, id);
  }
}
