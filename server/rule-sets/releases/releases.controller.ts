import { Body, Controller, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { id, pageOf } from '../../../api/page.js';
import { changeShare, newRelease, release, startedRelease } from '../../../api/releases.js';
import { Caller } from '../../auth/caller.js';
import { Roles } from '../../auth/roles.js';
import { AccountScope } from '../../db/account-scope.js';
import { requireRuleSet } from '../require-rule-set.js';
import { figuresOf } from './end-release.js';
import { KeepReleases } from './keep-releases.js';
import { gatherReleases } from './releases.queries.js';

const list = pageOf(release);

/** A version for a share of the contacts. */
@ApiTags('Rule sets')
@Controller('api/rule-sets/:id/releases')
export class ReleasesController {
  constructor(
    private readonly scope: AccountScope,
    private readonly keep: KeepReleases,
  ) {}

  /** One page: the newest ten. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: list })
  @ApiResponse({ status: 200, standardSchema: list })
  async list(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof list>> {
    const items = await this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      const releases = await gatherReleases(db, id);
      // Counted when asked: whoever widens a release looks at what it did until now.
      return Promise.all(
        releases.map(async (one) => (one.status === 'active' ? { ...one, figures: await figuresOf(db, { ...one, ruleSetId: id }) } : one)),
      );
    });
    return { items, nextCursor: null };
  }

  /** 422 with `problems` as publishing. */
  @Post()
  @Roles('owner', 'admin')
  @SerializeOptions({ schema: startedRelease })
  @ApiResponse({ status: 201, standardSchema: startedRelease })
  start(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: newRelease }) body: z.infer<typeof newRelease>,
  ): Promise<z.infer<typeof startedRelease>> {
    return this.keep.start(caller, id, body);
  }

  @Post(':release/share')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async share(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('release', { schema: id }) releaseId: string,
    @Body({ schema: changeShare }) { share }: z.infer<typeof changeShare>,
  ): Promise<void> {
    await this.keep.changeShare(caller, id, releaseId, share);
  }

  @Post(':release/finish')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async finish(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('release', { schema: id }) releaseId: string,
  ): Promise<void> {
    await this.keep.finish(caller, id, releaseId);
  }

  @Post(':release/return')
  @Roles('owner', 'admin')
  @HttpCode(204)
  async takeBack(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('release', { schema: id }) releaseId: string,
  ): Promise<void> {
    await this.keep.takeBack(caller, id, releaseId);
  }
}
