import { Body, Controller, Get, Param, Patch, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { changeDeal, deal, dealPage, dealsQuery, type Deal } from '../../api/crm.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { Askable } from '../sql/askable.js';
import { ChangeDeal } from './change-deal.js';
import { gatherDealIds, gatherDeals } from './deals.queries.js';

@ApiTags('Deals')
@Controller('api/deals')
export class DealsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changeDeal: ChangeDeal,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: dealPage })
  @ApiResponse({ status: 200, standardSchema: dealPage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: dealsQuery, pipes: [Askable] }) query: z.infer<typeof dealsQuery>,
  ): Promise<z.infer<typeof dealPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { ids, nextCursor } = await gatherDealIds(db, query);
      return { items: await gatherDeals(db, ids), nextCursor };
    });
  }

  @Get(':id')
  @Roles(...everyone)
  @SerializeOptions({ schema: deal })
  @ApiResponse({ status: 200, standardSchema: deal })
  get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<Deal> {
    return this.scope.run(caller.accountId, (db) => one(db, id));
  }

  @Patch(':id')
  @Roles('owner', 'admin', 'operator')
  @SerializeOptions({ schema: deal })
  @ApiResponse({ status: 200, standardSchema: deal })
  change(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: changeDeal }) body: z.infer<typeof changeDeal>,
  ): Promise<Deal> {
    return this.scope.run(caller.accountId, async (db) => {
      await this.changeDeal.apply(db, caller.accountId, id, body);
      const changed = await one(db, id);
      await this.audit.write(db, caller, 'deal.change', id, { number: changed.number, fields: Object.keys(body) });
      await this.changes.publish(db, caller.accountId, { kind: 'deal', id });
      return changed;
    });
  }
}

async function one(db: EntityManager, id: string): Promise<Deal> {
  const [found] = await gatherDeals(db, [id]);
  if (!found) throw new NotFound();
  return found;
}
