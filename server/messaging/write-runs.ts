import type { EntityManager } from 'typeorm';
import { type Columns, insertRows } from '../db/insert-rows.js';
import type { RunRecord } from './batch.js';

const runColumns: Columns = { id: 'uuid', account_id: 'uuid', rule_set_id: 'uuid', version: 'integer', event_type: 'text', event_key: 'text', message_id: 'uuid', conversation_id: 'uuid', at: 'timestamptz', status: 'text', reason: 'json', error: 'json', event: 'json', memory: 'json', late: 'boolean', expressions_stopped: 'boolean', cause: 'json', trace: 'json' }; // oxfmt-ignore
const effectColumns: Columns = {
  run_id: 'uuid',
  effect_no: 'integer',
  account_id: 'uuid',
  node: 'text',
  type: 'text',
  body: 'json',
  outcome: 'text',
  detail: 'text',
};

/** Their steps are counted a moment later, by others: server/rule-sets/steps/count-steps.ts. */
const andQueue = (insert: string) =>
  `WITH written AS (${insert} RETURNING id, account_id) INSERT INTO runs_to_count (run_id, account_id) SELECT id, account_id FROM written`;

/** Everything that a run decided, and all that it decided on: enough to replay it to the same bytes. */
export async function writeRuns(db: EntityManager, account_id: string, runs: readonly RunRecord[]): Promise<void> {
  await insertRows(db, 'runs', runColumns, runs.map((run) => ({
    id: run.id,
    account_id,
    rule_set_id: run.ruleSet.id,
    version: run.version,
    event_type: run.event.type,
    event_key: run.key,
    message_id: run.messageId,
    conversation_id: run.conversationId,
    at: run.event.at,
    status: run.decision.status,
    reason: run.decision.reason ?? null,
    error: run.decision.error ?? null,
    event: run.event,
    memory: run.memory,
    late: run.late,
    expressions_stopped: run.expressionsStopped,
    cause: run.cause,
    trace: run.decision.trace,
  })), '', andQueue); // oxfmt-ignore
}

export async function writeEffects(db: EntityManager, account_id: string, runs: readonly RunRecord[]): Promise<void> {
  const effects = runs.flatMap((run) => run.decision.effects.map((effect, i) => ({ run, effect, i, applied: run.applied[i]! })));
  await insertRows(db, 'effects', effectColumns, effects.map(({ run, effect: { node, type, ruleSet: _named, ...body }, i, applied }) => ({
    run_id: run.id,
    effect_no: i + 1,
    account_id,
    node,
    type,
    body,
    outcome: applied.outcome,
    detail: 'detail' in applied ? applied.detail : null,
  }))); // oxfmt-ignore
}
