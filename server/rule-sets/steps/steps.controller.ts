import { Controller, Get, Param, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { run, type Run } from '../../../api/messages.js';
import { id } from '../../../api/page.js';
import { nodeCounts } from '../../../api/rule-sets.js';
import { foundRunsQuery, passedQuery, passedRuns, ruleSetSteps, stepsQuery, type StepsQuery } from '../../../api/steps.js';
import { Caller } from '../../auth/caller.js';
import { Roles } from '../../auth/roles.js';
import { AccountScope } from '../../db/account-scope.js';
import { gatherRun } from '../../messages/message-detail.queries.js';
import { NotFound } from '../../problem/problems.js';
import { requireRuleSet } from '../require-rule-set.js';
import { Askable } from '../../sql/askable.js';
import { findRuns, gatherPassed } from './passed-runs.queries.js';
import { gatherNodeCounts, gatherStepFigures } from './steps.queries.js';

/** What the steps of a rule set did. */
@ApiTags('Rule sets')
@Controller('api/rule-sets/:id')
export class StepsController {
  constructor(private readonly scope: AccountScope) {}

  @Get('counts')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: nodeCounts })
  @ApiResponse({ status: 200, standardSchema: nodeCounts })
  counts(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: stepsQuery }) query: StepsQuery,
  ): Promise<z.infer<typeof nodeCounts>> {
    return this.of(caller, id, (db) => gatherNodeCounts(db, id, query));
  }

  @Get('steps')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: ruleSetSteps })
  @ApiResponse({ status: 200, standardSchema: ruleSetSteps })
  steps(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: stepsQuery }) query: StepsQuery,
  ): Promise<z.infer<typeof ruleSetSteps>> {
    return this.of(caller, id, async (db) => ({ items: await gatherStepFigures(db, id, query) }));
  }

  @Get('passed')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: passedRuns })
  @ApiResponse({ status: 200, standardSchema: passedRuns })
  passed(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: passedQuery, pipes: [Askable] }) exit: z.infer<typeof passedQuery>,
  ): Promise<z.infer<typeof passedRuns>> {
    return this.of(caller, id, async (db) => ({ items: await gatherPassed(db, id, exit) }));
  }

  /** Among the rule set's newest 5,000 runs. */
  @Get('messages')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: passedRuns })
  @ApiResponse({ status: 200, standardSchema: passedRuns })
  messages(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: foundRunsQuery, pipes: [Askable] }) { q }: z.infer<typeof foundRunsQuery>,
  ): Promise<z.infer<typeof passedRuns>> {
    return this.of(caller, id, async (db) => ({ items: await findRuns(db, id, q) }));
  }

  @Get('runs/:run')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: run })
  @ApiResponse({ status: 200, standardSchema: run })
  run(@Caller() caller: Caller, @Param('id', { schema: id }) id: string, @Param('run', { schema: id }) runId: string): Promise<Run> {
    return this.of(caller, id, async (db) => {
      const found = await gatherRun(db, id, runId);
      if (!found) throw new NotFound();
      return found;
    });
  }

  private of<Answer>(caller: Caller, id: string, read: (db: EntityManager) => Promise<Answer>): Promise<Answer> {
    return this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      return read(db);
    });
  }
}
