import {
  compile,
  countCoverage,
  createBacktest,
  nodeTypes,
  parseInstant,
  readEvent,
  toRunLine,
  type BacktestDifference,
  type BacktestGroup,
  type BacktestRun,
  type CoverageCount,
  type MakeExpression,
  type RuleEvent,
  type RuleGraph,
} from '../../../rules/index.js';
import type { BacktestResult } from '../../../api/backtests.js';
import type { Difference } from './messages.js';
import type { RecordedEvent } from './recorded-events.js';
import { tellCause, tellSide, type SideGraphs } from '../tell-side.js';

/** What is kept of a backtest: nobody reads more, and a row of each is written. */
const mostGroups = 100;
const mostOfGroup = 100;
const textShown = 300;

/** Both sides, each with all rule sets that are live, in order of priority; `own` is the name of the one under test. */
export interface Sides {
  old: readonly RuleGraph[];
  new: readonly RuleGraph[];
  own: string;
}

/** The draft against what is live, over events that come in pieces. */
export class VersionsCompared {
  private readonly run: BacktestRun;
  private readonly old: SideGraphs;
  private readonly now: SideGraphs;
  private readonly coverage: CoverageCount;
  /** What changes its outcome, by reason: conversations, and lines of schedules. */
  private readonly groups = new Map<BacktestGroup, Kept>();
  private readonly changed = new Set<string>();
  private bySchedule = 0;
  /** The deal that a conversation was last seen with. */
  private readonly deals = new Map<string, RuleEvent['deal']>();
  private position = 0;
  private unreadable = 0;
  private isCut = false;

  /** @param expressions where they are evaluated */
  constructor(sides: Sides, expressions: MakeExpression) {
    const compileAll = (graphs: readonly RuleGraph[]) => graphs.map((graph) => compile(graph, nodeTypes, undefined, expressions));
    this.old = { graphs: byName(sides.old), own: sides.own };
    this.now = { graphs: byName(sides.new), own: sides.own };
    const draft = this.now.graphs.get(sides.own);
    this.coverage = countCoverage(draft ? [draft] : [], nodeTypes);
    this.run = createBacktest(compileAll(sides.old), compileAll(sides.new), 0, {
      line: (pair) => pair.new && this.coverage.add(toRunLine(pair.new), 'events', sides.own),
      difference: (difference) => this.note(difference),
    });
  }

  /** Takes the next event to both. */
  async play({ event: json, isRebuilt }: RecordedEvent): Promise<void> {
    this.position += 1;
    const read = readEvent(JSON.parse(json), { position: this.position });
    if (!read.ok) {
      this.unreadable += 1;
      return;
    }
    await this.run.play(this.withDeal(read.event, isRebuilt));
  }

  /** Fires what falls due until the end, and says what came out. */
  async end(until: string): Promise<{ result: BacktestResult; differences: Difference[] }> {
    await this.run.advance(parseInstant(until) ?? 0);
    const { groups: all, ...totals } = this.run.end();
    const groups = all.slice(0, mostGroups);
    const sides = { old: this.old, new: this.now };
    return {
      result: {
        ...totals,
        conversations: this.changed.size,
        bySchedule: this.bySchedule,
        unreadable: this.unreadable,
        isCut: this.isCut || all.length > groups.length,
        groups: groups.map((group) => ({
          title: tellCause(group.cause, sides),
          node: group.cause.ruleSet === undefined || group.cause.ruleSet === this.now.own ? (group.cause.node ?? null) : null,
          count: group.count,
          conversations: this.groups.get(group)?.conversations.size ?? 0,
          bySchedule: this.groups.get(group)?.bySchedule ?? 0,
          follows: group.follows,
          sameOutcome: group.sameOutcome,
          changes: group.changes,
        })),
        reached: this.reached(),
      },
      differences: groups.flatMap((group, place) => (this.groups.get(group)?.differences ?? []).map((one) => ({ ...one, group: place }))),
    };
  }

  /** Where the draft has been; what was not reached is left out. */
  private reached(): BacktestResult['reached'] {
    const steps = this.coverage.result().flatMap(({ nodes }) => nodes);
    const ports = steps.flatMap(({ node, ports }) =>
      ports.map(({ port, reached }): [string, number] => [`${node}.${port}`, reached.events]),
    );
    const only = (counts: [string, number][]) => Object.fromEntries(counts.filter(([, times]) => times > 0));
    return { nodes: only(steps.map(({ node, reached }) => [node, reached.events])), ports: only(ports) };
  }

  private note({ group, pair, conversation, sameOutcome }: BacktestDifference): void {
    const event = (pair.new ?? pair.old)?.event;
    if (sameOutcome || !event) return;
    const kept = this.groups.get(group) ?? { conversations: new Set<string>(), bySchedule: 0, differences: [] };
    this.groups.set(group, kept);
    // What a schedule began is nobody's: the first line stands for all.
    const isFirst = event.contact ? !kept.conversations.has(conversation) : kept.bySchedule === 0;
    if (event.contact) {
      this.changed.add(conversation);
      kept.conversations.add(conversation);
    } else {
      this.bySchedule += 1;
      kept.bySchedule += 1;
    }
    if (!isFirst) return;
    if (kept.differences.length >= mostOfGroup) {
      this.isCut = true;
      return;
    }
    kept.differences.push({
      conversationId: event.conversation?.id ?? null,
      at: event.at,
      event: event.type,
      text: (event.message?.text ?? '').slice(0, textShown),
      old: pair.old ? tellSide(pair.old, this.old) : null,
      new: pair.new ? tellSide(pair.new, this.now) : null,
    });
  }

  /** An event that no rule took was stored without the deal: the conversation's last known one. */
  private withDeal(event: RuleEvent, isRebuilt: boolean): RuleEvent {
    const conversation = event.conversation?.id;
    if (conversation === undefined) return event;
    if (!isRebuilt) {
      this.deals.set(conversation, event.deal);
      return event;
    }
    const deal = this.deals.get(conversation);
    return deal ? { ...event, deal } : event;
  }
}

/** What is kept of a reason: the conversations and lines of schedules whose outcome changes, and the first line of each. */
interface Kept {
  conversations: Set<string>;
  bySchedule: number;
  differences: Omit<Difference, 'group'>[];
}

function byName(graphs: readonly RuleGraph[]): ReadonlyMap<string, RuleGraph> {
  return new Map(graphs.map((graph) => [graph.name, graph]));
}
