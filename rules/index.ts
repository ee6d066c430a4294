/**
 * The door of the rule engine: what server/, builder/ and cli/ may import, and nothing else. Everything behind it is pure;
 * each export is documented where it is defined.
 *
 * ```ts
 * const { graph, findings } = readGraph(JSON.parse(file), nodeTypes);
 * if (graph) {
 *   const compiled = compile(graph, nodeTypes); // once per version
 *   const { effects, trace } = evaluate(compiled, event, memory); // per message
 * }
 * ```
 */

/** Reading: unknown JSON to graphs and events, or to problems that name the place. */
export { readGraph, type ReadGraphResult } from './read-graph.js';
export { readEvent, firstInstant, type ReadEventResult } from './read-event.js';
export { parseInstant } from './time/instant.js';

/** Deciding. */
export { compile, type CompiledGraph, type NodeTypes } from './compile.js';
export { evaluate, type EvaluateOptions } from './evaluate.js';
export { decide, endSilence, tick, wakeByTime, type DecideOptions, type RunCause, type RunOfVersion } from './decide.js';
export { isCalled, withCalled } from './called.js';
export type { MaybePromise } from './later.js';
export { OutOfTime } from './expressions/out-of-time.js';
export { elsewhere, inThisThread } from './expressions/make-expression.js';
export type { Expression, ExpressionInput, MakeExpression } from './expressions/expression.js';
export { replay, type RecordedRun } from './replay.js';
export { createSession, type Session, type SessionOptions, type Played } from './session.js';
export { toRunLine, type RunLine, type TraceEntry } from './run-line.js';

/** Checking, testing, comparing, writing. */
export { checkGraph } from './check.js';
export { checkTogether, type TogetherFinding } from './check-together.js';
export { codes, finding, type CodeName } from './codes.js';
export { runTests, type TestResult } from './run-tests.js';
export type { Difference } from './expectation.js';
export {
  countCoverage,
  type CoverageCount,
  type GraphCoverage,
  type NodeCoverage,
  type PortCoverage,
  type Reached,
  type Share,
} from './coverage.js';
export { coverTests } from './cover-tests.js';
export {
  createBacktest,
  type Backtest,
  type BacktestDifference,
  type BacktestGroup,
  type BacktestObserver,
  type BacktestRun,
} from './backtest.js';
export { changesOf, findDivergence, isSameOutcome, type Cause, type Pair } from './divergence.js';
export { isEqual } from './is-equal.js';
export { diffGraphs, type Change, type GraphDiff } from './diff.js';
export { mergeGraphs, type Merge } from './merging/merge-graphs.js';
export type { Choices, Clash, ClashKind } from './merging/clash.js';
export type { Side } from './merging/three-way.js';
export { canonicalJson } from './canonical-json.js';
export { findInGraph, type FoundInGraph } from './find-in-graph.js';
export { spellPath, valueAt } from './json-path.js';
export { settingAt, spellSetting, withParametersById, type SettingPlace } from './parameters.js';

/** Expressions, for a form that shows what is wrong with one. */
export { checkExpression } from './expressions/compile-expression.js';
export type { ExpressionProblem } from './expressions/expression-problem.js';

/** What people read: reasons of steps, findings, forms. */
export { describeStep, describeFinding } from './describe.js';
export { settingsForm, type SettingsForm } from './settings-form.js';
export { fill, type Bilingual, type Language } from './bilingual.js';
export { conditionSchema } from './conditions/condition.js';
export { isFieldPath } from './conditions/event-field.js';
export { describeCondition, fieldLabel, operatorLabels } from './conditions/describe-condition.js';
export { valueLabel, valuesOfField, type NamedValue } from './conditions/field-values.js';
export { operators, type Operator } from './conditions/condition.js';
export { describeDuration, parseDuration } from './time/duration.js';
export { zoneName } from './time/zone-name.js';
export { parsePatterns, type PatternProblem, type WordPattern } from './text/patterns.js';
export { wordMatcher, type WordHit } from './text/words.js';
export { eachVariant } from './text/template.js';

export { explain, explainMissed, type Explanation, type MissedNode } from './explain/explain.js';
export type { ExplainedStep } from './explain/explained-step.js';
export { momentsOf, type SeenMoment } from './explain/moments-of.js';
export type { ExplainedCondition } from './conditions/explain-condition.js';
export type { Block } from './explain/blocks.js';
export type { EventChange, FieldChange, Target } from './explain/find-changes.js';

/** The node types, and the shapes that all sides share. */
export { nodeTypes, nodeTypeList } from './nodes/index.js';
export { expectedPortsOf, portsOf } from './compile.js';
export type { NodeType, Family, Example, SettingMeta, Moment, Need, Outcome } from './node-type.js';
export {
  graphFormat,
  graphSchema,
  defaultTimezone,
  splitPort,
  type RuleGraph,
  type GraphNode,
  type GraphEdge,
  type GraphTest,
} from './graph.js';
export {
  eventTypes,
  messageKinds,
  messageOrigins,
  chatTypes,
  surfaces,
  type RuleEvent,
  type EventType,
  type MessageKind,
  type MessageOrigin,
  type ChatType,
  type Surface,
  type Attachment,
} from './event.js';
export { scoreBuckets, scoreScales, type Effect, type EffectBody, type EffectType, type ScoreBucket, type ScoreScale } from './effect.js';
export { emptyMemory, type HeldMessage, type Memory, type PendingWait, type Silence, type SuspendedRun } from './memory.js';
export type { Decision, Step, Because, Held, RunStatus } from './trace.js';
export type { Finding, AccountDirectory } from './finding.js';
