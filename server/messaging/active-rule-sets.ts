import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { compile, type CompiledGraph, type EventType, type GraphNode, nodeTypes, readGraph } from '../../rules/index.js';
import { Expressions } from '../expressions/expressions.js';
import { Changes } from '../live/changes.js';
import type { VersionOf } from './batch.js';

/** A version, compiled, with what the path asks of it. */
interface ReadyVersion {
  id: string;
  name: string;
  version: number;
  compiled: CompiledGraph;
  /** What it reads of the memory beyond the conversation's own. */
  needs: CompiledGraph['needs'];
  /** Nodes that take turns: their places are read and locked before a run. */
  turnNodes: string[];
  /** What the steps are called, by node: the type, and the admin's name where he gave one. */
  steps: ReadonlyMap<string, { type: string; title?: string }>;
  /** Events of our own making that its triggers start on. */
  hears: ReadonlySet<EventType>;
}

/**
 * A rule set that is live. While another version is released to a share of the contacts, `needs`, `turnNodes` and `hears` are those of both, for who
 * gets which is known contact by contact only. What a shadow hears is raised for it too, though nothing live starts on it.
 */
export interface ActiveRuleSet extends ReadyVersion {
  release?: { version: number; share: number; compiled: CompiledGraph; steps: ReadyVersion['steps'] };
  /** The shadow that is told of what this rule set was asked and did. */
  shadowId?: string;
}

/** What the steps of a version are called, as far as it is live; of an older one as the published version calls them. */
export function stepsOf({ steps, release }: ActiveRuleSet, version: number | undefined): ReadyVersion['steps'] {
  return release && release.version === version ? release.steps : steps;
}

/** What is live of a rule set, as stored. */
interface LiveRow {
  id: string;
  name: string;
  version: number;
  releaseVersion: number | null;
  share: number | null;
  shadowId: string | null;
  shadowVersion: number | null;
}

/**
 * The enabled rule sets of an account in priority order. Which versions are live is read with every batch (one indexed query), so a publish counts from
 * the next message on; only the compiled form is kept, and a version never changes.
 */
@Injectable()
export class ActiveRuleSets implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('rules');
  private readonly compiled = new Map<string, ReadyVersion>();
  private news: Subscription | undefined;

  constructor(
    private readonly changes: Changes,
    private readonly expressions: Expressions,
  ) {}

  onModuleInit(): void {
    // Only to let go of memory: a deleted or renamed rule set is never asked for by its old key again.
    this.news = this.changes.heard('rule-set').subscribe(({ id }) => {
      for (const [key, ruleSet] of this.compiled) if (!id || ruleSet.id === id) this.compiled.delete(key);
    });
  }

  onModuleDestroy(): void {
    this.news?.unsubscribe();
  }

  async of(db: EntityManager): Promise<ActiveRuleSet[]> {
    const live: LiveRow[] = await db.query(
      `SELECT s.id, s.name, s.published_version AS version, r.version AS "releaseVersion", r.share, d.id AS "shadowId", d.version AS "shadowVersion" FROM rule_sets s
         LEFT JOIN rule_set_releases r ON r.rule_set_id = s.id AND r.status = 'active'
         LEFT JOIN rule_set_shadows d ON d.rule_set_id = s.id AND d.status = 'active'
       WHERE s.enabled AND s.published_version IS NOT NULL ORDER BY s.priority, s.name`,
    );
    const found = await Promise.all(live.map((row) => this.complete(db, row)));
    return found.filter((ruleSet) => ruleSet !== undefined);
  }

  private async complete(
    db: EntityManager,
    { releaseVersion, share, shadowId, shadowVersion, ...live }: LiveRow,
  ): Promise<ActiveRuleSet | undefined> {
    const published = await this.get(db, live);
    if (!published) return undefined;
    const shadow = shadowVersion === null ? undefined : await this.get(db, { ...live, version: shadowVersion });
    const shadowed =
      shadowId === null ? published : { ...published, shadowId, ...(shadow && { hears: new Set([...published.hears, ...shadow.hears]) }) };
    const released = releaseVersion === null ? undefined : await this.get(db, { ...live, version: releaseVersion });
    if (!released || releaseVersion === null || share === null) return shadowed;
    return {
      ...shadowed,
      needs: [...published.needs, ...released.needs],
      turnNodes: [...new Set([...published.turnNodes, ...released.turnNodes])],
      hears: new Set([...shadowed.hears, ...released.hears]),
      release: { version: releaseVersion, share, compiled: released.compiled, steps: released.steps },
    };
  }

  /** An older (or newer) version, for a run that began with it. */
  readonly version: VersionOf = async (db, ruleSet, version) =>
    (await this.get(db, { id: ruleSet.id, name: ruleSet.name, version }))?.compiled;

  private async get(db: EntityManager, live: { id: string; name: string; version: number }): Promise<ReadyVersion | undefined> {
    const key = `${live.id} ${live.version} ${live.name}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const [row]: { graph: unknown; accountId: string }[] = await db.query(
      'SELECT graph, account_id AS "accountId" FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2',
      [live.id, live.version],
    );
    const { graph, findings } = readGraph(row?.graph, nodeTypes);
    if (!row || !graph) {
      // Published versions were checked; this one was written by a newer server. The message still reaches the CRM and the people.
      this.log.error(
        `version ${live.version} of rule set ${live.id} cannot be read: ${findings.map((finding) => finding.text.en).join('; ')}`,
      );
      return undefined;
    }
    const compiled = compile({ ...graph, name: live.name }, nodeTypes, live.version, this.expressions.makerFor(row.accountId));
    const ready: ReadyVersion = {
      id: live.id,
      name: live.name,
      version: live.version,
      compiled,
      needs: compiled.needs,
      turnNodes: compiled.needs.flatMap(({ node, need }) => (need.kind === 'turns' ? [node] : [])),
      steps: new Map(graph.nodes.map(({ id, type, title }) => [id, { type, ...(title && { title }) }])),
      hears: new Set(graph.nodes.filter((node) => !node.disabled).flatMap(heardBy)),
    };
    this.compiled.set(key, ready);
    return ready;
  }
}

/** What people and rules do is told to rules only where one starts on it. */
function heardBy({ type, settings }: GraphNode): EventType[] {
  if (type === 'on-stage') return ['stage-changed'];
  if (type === 'on-conversation') return [settings['event'] === 'closed' ? 'conversation-closed' : 'conversation-opened'];
  return [];
}
