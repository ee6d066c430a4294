import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { id, pageOf, pageQuery } from '../../api/page.js';
import { publishVersion } from '../../api/releases.js';
import { publish, published, readiness, waiting } from '../../api/publishing.js';
import { conflicts, draft, rollback, saveDraft, savedDraft, version, versionWithGraph, type Draft } from '../../api/rule-sets.js';
import type { GraphCoverage } from '../../rules/index.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { Publish } from './publish.js';
import { gatherDraft } from './rule-sets.queries.js';
import { gatherDirectory } from '../directory/directory.queries.js';
import { Expressions } from '../expressions/expressions.js';
import { assessDraft } from './assess-draft.js';
import { findConflicts } from './find-problems.js';
import { gatherLiveGraphs } from './live-graphs.js';
import { readPolicy } from './publish-policy.js';
import { requireRuleSet } from './require-rule-set.js';
import { SaveDraft } from './save-draft.js';
import { gatherVersion, gatherVersions } from './versions.queries.js';
import { gatherWaiting } from './waiting.queries.js';

const versionPage = pageOf(version);
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** What a rule set holds: its draft, and the versions that were published. */
@ApiTags('Rule sets')
@Controller('api/rule-sets/:id')
export class VersionsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly saveDraft: SaveDraft,
    private readonly publishing: Publish,
    private readonly expressions: Expressions,
  ) {}

  @Get('draft')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: draft })
  @ApiResponse({ status: 200, standardSchema: draft })
  async draft(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<Draft> {
    const found = await this.scope.run(caller.accountId, (db) => gatherDraft(db, id));
    if (!found) throw new NotFound();
    return found;
  }

  /** Asked when somebody is about to publish: pairs are looked at by running messages through both, which takes a moment. */
  @Get('conflicts')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: conflicts })
  @ApiResponse({ status: 200, standardSchema: conflicts })
  async conflicts(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof conflicts>> {
    return this.scope.run(caller.accountId, async (db) => {
      const found = await draftOf(db, id);
      return { items: findConflicts(found.draft, found.name, await gatherDirectory(db), await gatherLiveGraphs(db, id)) };
    });
  }

  @Put('draft')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: savedDraft })
  @ApiResponse({ status: 200, standardSchema: savedDraft })
  save(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: saveDraft }) body: z.infer<typeof saveDraft>,
  ): Promise<z.infer<typeof savedDraft>> {
    return this.saveDraft.save(caller, id, body.graph, body.revision);
  }

  /** Plays the stored tests, so it is asked when somebody is about to publish, of the draft as it is saved. */
  @Get('readiness')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: readiness })
  @ApiResponse({ status: 200, standardSchema: readiness })
  async readiness(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof readiness>> {
    return this.scope.run(caller.accountId, async (db) => {
      const found = await draftOf(db, id);
      const policy = await readPolicy(db);
      const { coverage, ...assessed } = await assessDraft(found.draft, found.name, {
        account: await gatherDirectory(db),
        live: await gatherLiveGraphs(db, id),
        policy,
        expressions: this.expressions.makerFor(caller.accountId),
      });
      return { ...assessed, policy, revision: found.revision, coverage: coverage ? sharesOf(coverage) : null };
    });
  }

  @Get('waiting')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: waiting })
  @ApiResponse({ status: 200, standardSchema: waiting })
  async waiting(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<z.infer<typeof waiting>> {
    return this.scope.run(caller.accountId, async (db) => gatherWaiting(db, id, (await draftOf(db, id)).draft));
  }

  /** 422 with `problems`, findings as the draft's, when a check or a stored test fails. */
  @Post('publish')
  @Roles('owner', 'admin')
  @HttpCode(200)
  @SerializeOptions({ schema: published })
  @ApiResponse({ status: 200, standardSchema: published })
  publish(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: publish.default({}) }) body: z.infer<typeof publish>,
  ): Promise<z.infer<typeof published>> {
    return this.publishing.publish(caller, id, body);
  }

  @Post('rollback')
  @Roles('owner', 'admin')
  @HttpCode(200)
  @SerializeOptions({ schema: published })
  @ApiResponse({ status: 200, standardSchema: published })
  async rollback(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: rollback }) body: z.infer<typeof rollback>,
  ): Promise<z.infer<typeof published>> {
    await this.publishing.rollback(caller, id, body.version);
    return { version: body.version };
  }

  @Get('versions')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: versionPage })
  @ApiResponse({ status: 200, standardSchema: versionPage })
  versions(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Query({ schema: pageQuery, pipes: [Askable] }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof versionPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      await requireRuleSet(db, id);
      return gatherVersions(db, id, query.limit, query.cursor);
    });
  }

  /** 422 with `problems` as publishing the draft. */
  @Post('versions/:version/publish')
  @Roles('owner', 'admin')
  @HttpCode(200)
  @SerializeOptions({ schema: published })
  @ApiResponse({ status: 200, standardSchema: published })
  async publishVersion(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Body({ schema: publishVersion.default({}) }) body: z.infer<typeof publishVersion>,
  ): Promise<z.infer<typeof published>> {
    await this.publishing.publishVersion(caller, id, version, body.override);
    return { version };
  }

  @Get('versions/:version')
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: versionWithGraph })
  @ApiResponse({ status: 200, standardSchema: versionWithGraph })
  async version(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
  ): Promise<z.infer<typeof versionWithGraph>> {
    const found = await this.scope.run(caller.accountId, (db) => gatherVersion(db, id, version));
    if (!found) throw new NotFound();
    return found;
  }
}

async function draftOf(db: EntityManager, id: string): Promise<{ name: string; draft: unknown; revision: number }> {
  const found = await rowOf<{ name: string; draft: unknown; revision: number }>(
    db,
    `SELECT name, draft, draft_revision AS revision FROM rule_sets WHERE id = $1`,
    [id],
  );
  if (!found) throw new NotFound();
  return found;
}

function sharesOf({ nodes, shares }: GraphCoverage): z.infer<typeof readiness>['coverage'] {
  const missed = nodes.filter(({ disabled, reached }) => !disabled && reached.tests === 0).map(({ node }) => node);
  const { nodes: steps, ports } = shares;
  return { nodes: { all: steps.all, reached: steps.tests }, ports: { all: ports.all, reached: ports.tests }, missed };
}
