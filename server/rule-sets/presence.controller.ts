import { Body, Controller, Get, HttpCode, Param, Put, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { id } from '../../api/page.js';
import { presence, tellPresence } from '../../api/presence.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Presences } from '../live/presences.js';
import { Forbidden, Invalid } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { requireRuleSet } from './require-rule-set.js';

const presenceQuery = z.object({ connection: id.optional() });

/** Who has which rule set open. */
@ApiTags('Rule sets')
@Controller('api')
export class PresenceController {
  constructor(
    private readonly scope: AccountScope,
    private readonly presences: Presences,
  ) {}

  @Put('presence')
  @Roles('owner', 'admin', 'analyst')
  @HttpCode(204)
  async tell(@Caller() caller: Caller, @Body({ schema: tellPresence }) body: z.infer<typeof tellPresence>): Promise<void> {
    const { userId } = caller;
    if (!userId) throw new Forbidden({ ru: 'Присутствуют люди, а не программы', en: 'People are present, programs are not' });
    await this.scope.run(caller.accountId, async (db) => {
      if (body.ruleSetId === null) return this.presences.leave(db, { ...caller, userId }, body.connection);
      const known = await rowOf(db, `SELECT id FROM rule_sets WHERE id = $1`, [body.ruleSetId]);
      if (!known) throw new Invalid([{ path: 'ruleSetId', detail: { ru: 'Такого набора правил нет', en: 'There is no such rule set' } }]);
      await this.presences.enter(db, { ...caller, userId }, body.connection, body.ruleSetId);
    });
  }

  @Get('rule-sets/:id/presence')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: presence })
  @ApiResponse({ status: 200, standardSchema: presence })
  async list(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: presenceQuery }) query: z.infer<typeof presenceQuery>,
  ): Promise<z.infer<typeof presence>> {
    return this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      return { items: await this.presences.of(db, id, query.connection) };
    });
  }
}
