import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { compile, type CompiledGraph, type EventType, type GraphNode, nodeTypes, readGraph } from '../../rules/index.js';
import { Expressions } from '../expressions/expressions.js';
import { Changes } from '../live/changes.js';
import type { VersionOf } from './batch.js';

/** A published version, compiled. */
export interface ActiveRuleSet {
  id: string;
  name: string;
  version: number;
  compiled: CompiledGraph;
  /** Nodes that take turns: their places are read and locked before a run. */
  turnNodes: string[];
  /** What the steps are called, by node: the type, and the admin's name where he gave one. */
  steps: ReadonlyMap<string, { type: string; title?: string }>;
  /** Events of our own making that its triggers start on. */
  hears: ReadonlySet<EventType>;
}

/**
 * The enabled rule sets of an account in priority order. Which versions are live is read with every batch (one indexed query), so a publish counts from
 * the next message on; only the compiled form is kept, and a version never changes.
 */
@Injectable()
export class ActiveRuleSets implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('rules');
  private readonly compiled = new Map<string, ActiveRuleSet>();
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
    const live: { id: string; name: string; version: number }[] = await db.query(
      `SELECT id, name, published_version AS version FROM rule_sets WHERE enabled AND published_version IS NOT NULL ORDER BY priority, name`,
    );
    const found = await Promise.all(live.map((row) => this.get(db, row)));
    return found.filter((ruleSet) => ruleSet !== undefined);
  }

  /** An older (or newer) version, for a run that began with it. */
  readonly version: VersionOf = async (db, ruleSet, version) =>
    (await this.get(db, { id: ruleSet.id, name: ruleSet.name, version }))?.compiled;

  private async get(db: EntityManager, live: { id: string; name: string; version: number }): Promise<ActiveRuleSet | undefined> {
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
    const ruleSet: ActiveRuleSet = {
      ...live,
      compiled,
      turnNodes: compiled.needs.flatMap(({ node, need }) => (need.kind === 'turns' ? [node] : [])),
      steps: new Map(graph.nodes.map(({ id, type, title }) => [id, { type, ...(title && { title }) }])),
      hears: new Set(graph.nodes.filter((node) => !node.disabled).flatMap(heardBy)),
    };
    this.compiled.set(key, ruleSet);
    return ruleSet;
  }
}

/** What people and rules do is told to rules only where one starts on it. */
function heardBy({ type, settings }: GraphNode): EventType[] {
  if (type === 'on-stage') return ['stage-changed'];
  if (type === 'on-conversation') return [settings['event'] === 'closed' ? 'conversation-closed' : 'conversation-opened'];
  return [];
}
