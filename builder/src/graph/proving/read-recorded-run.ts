import type { RuleEvent, RuleGraph } from '../../../../rules/index.js';
import { messageDetail, messagePage, run as runSchema, type Run } from '../../../../api/messages.js';
import { versionWithGraph } from '../../../../api/rule-sets.js';
import { api, withQuery } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { toGraph } from '../to-graph.js';
import { eventOfRun } from './chat-of-run.js';

/** A run that happened, with all that is needed to repeat it. */
export interface RecordedRun {
  run: Run;
  event: RuleEvent;
  /** The version that ran. */
  version: RuleGraph;
  /** Events of the conversation before this one, where the run went on from them: a test begins with nothing. */
  earlier: RuleEvent[];
}

/** Messages before the run that are taken into a test at most. */
const mostEarlier = 20;

/** Reads a run of a message. Undefined where it is gone, or of a shape that this page does not know. */
export async function readRecordedRun(messageId: string, runId: string): Promise<RecordedRun | undefined> {
  const runs = await api.get(`/api/messages/${messageId}/runs`, listOf(runSchema));
  const run = runs.find(({ id }) => id === runId);
  const event = run && eventOfRun(run);
  if (!event) return undefined;
  const { graph } = await api.get(`/api/rule-sets/${run.ruleSet.id}/versions/${run.version}`, versionWithGraph);
  const version = toGraph(graph);
  return version && { run, event, version, earlier: goesOn(run) ? await readEarlier(messageId, run) : [] };
}

/** Whether the run depends on what came before: something waited, was counted or held back. */
function goesOn({ memory }: Run): boolean {
  const isFilled = (value: unknown) =>
    Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return ['waiting', 'outbound', 'counters', 'deal'].some((key) => isFilled(memory[key])) || memory['openTask'] === true;
}

async function readEarlier(messageId: string, run: Run): Promise<RuleEvent[]> {
  const { conversation } = await api.get(`/api/messages/${messageId}`, messageDetail);
  const { items } = await api.get(
    withQuery('/api/messages', { conversation: conversation.id, to: run.at, limit: mostEarlier + 1 }),
    messagePage,
  );
  const before = items.filter(({ id, at }) => id !== messageId && at <= run.at).slice(0, mostEarlier);
  const events = await Promise.all(
    before.map(async ({ id }) => {
      const runs = await api.get(`/api/messages/${id}/runs`, listOf(runSchema));
      // What the rules sent names the run that did, which belongs to another message.
      const own = runs.find((one) => one.ruleSet.id === run.ruleSet.id && one.messageId === id);
      return own && eventOfRun(own);
    }),
  );
  return events.flatMap((event) => event ?? []).toReversed();
}
