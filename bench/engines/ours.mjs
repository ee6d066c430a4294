// The desk as a rule graph behind the public door: compiled once, evaluated with the whole trace and its reasons.
import { compile, createSession, emptyMemory, evaluate, nodeTypes, readGraph } from '../../dist/rules/index.js';
import { kinds, sources } from '../corpus.mjs';
import { answers, buckets, listed, makeMessages, patterns, queues, tellDecision } from './desk.mjs';

/** One event, one version: `compile` and `evaluate`. */
export function prepareGraph() {
  const compiled = compile(readDesk(), nodeTypes);
  return { sets: { messages: makeMessages() }, decide: (event) => evaluate(compiled, event, emptyMemory), tell };
}

/** A stream of events with the state between them, as `npx razvilka run` plays it; a new session after each time through the messages. */
export function prepareSession() {
  const compiled = compile(readDesk(), nodeTypes);
  const messages = makeMessages();
  let session = createSession([compiled]);
  let left = messages.length;
  const decide = (event) => {
    if (--left < 0) {
      session = createSession([compiled]);
      left = messages.length - 1;
    }
    return session.play(event);
  };
  return { sets: { messages }, decide, tell: (played) => tell(Array.isArray(played) ? played.at(-1).decision : played) };
}

function readDesk() {
  const node = (id, type, settings = {}) => ({ id, type, settings });
  const edge = (from, ...targets) => targets.map((to) => ({ from, to }));
  const night = (id) => node(id, 'time-window', { from: '22:00', to: '06:00' });
  const json = {
    format: 1,
    name: 'Магазин',
    timezone: 'Europe/Moscow',
    nodes: [
      node('in', 'on-message'),
      node('list', 'contact-filter', { mode: 'block', list: listed }),
      node('where', 'switch', { field: 'channel.kind', cases: kinds.map((kind) => ({ in: [kind], port: kind })) }),
      ...kinds.map((kind) => node(`queue-${kind}`, 'add-tags', { tags: queues[kind] })),
      node('source', 'route', {
        rows: sources.map(({ name, stage, user }) => ({ when: { channel: name }, stage, responsible: user })),
        default: {},
      }),
      node('tag', 'add-tags', { tags: 'Клиент %NAME% (%CHANNEL%)' }),
      node('score', 'switch', { field: 'message.text', cases: Object.entries(buckets).map(([port, scores]) => ({ in: scores, port })) }),
      ...Object.keys(buckets).map((bucket) => node(bucket, 'add-tags', { tags: bucket })),
      node('value', 'add-note', { text: '%TEXT%' }),
      node('thanks', 'reply', { text: answers.score }),
      node('words', 'word-match', { patterns: patterns.join('\n') }),
      node('has-words', 'add-tags', { tags: 'Стоп-слово' }),
      node('emoji', 'emoji-filter'),
      node('is-emoji', 'add-tags', { tags: 'Смайлики' }),
      night('night'),
      night('words-night'),
      night('emoji-night'),
      node('at-night', 'reply', { text: answers.night }),
      node('on-words', 'reply', { text: answers.words }),
      node('on-emoji', 'reply', { text: answers.emoji }),
    ],
    edges: [
      ...edge('in.next', 'list'),
      ...edge('list.pass', 'where'),
      ...kinds.flatMap((kind) => [...edge(`where.${kind}`, `queue-${kind}`), ...edge(`queue-${kind}.next`, 'source')]),
      ...edge('source.next', 'tag'),
      ...edge('tag.next', 'score'),
      ...Object.keys(buckets).flatMap((bucket) => [...edge(`score.${bucket}`, bucket), ...edge(`${bucket}.next`, 'value')]),
      ...edge('value.next', 'thanks'),
      ...edge('score.default', 'words'),
      ...edge('words.yes', 'has-words'),
      ...edge('words.no', 'emoji'),
      ...edge('has-words.next', 'words-night'),
      ...edge('words-night.inside', 'at-night'),
      ...edge('words-night.outside', 'on-words'),
      ...edge('emoji.filtered', 'is-emoji'),
      ...edge('emoji.pass', 'night'),
      ...edge('is-emoji.next', 'emoji-night'),
      ...edge('emoji-night.inside', 'at-night'),
      ...edge('emoji-night.outside', 'on-emoji'),
      ...edge('night.inside', 'at-night'),
    ],
  };
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) throw new Error(`The desk's graph is refused: ${JSON.stringify(findings)}`);
  return graph;
}

/** The effects as the record that the other engines give. */
function tell(decision) {
  if (decision instanceof Promise) throw new Error('A graph without expressions must be decided at once');
  if (decision.status === 'error') throw new Error(JSON.stringify(decision.error));
  if (decision.trace.length < 2) throw new Error('The trace is not kept');
  const record = { blocked: decision.reason?.node === 'list' };
  for (const effect of decision.effects) {
    if (effect.type === 'set-stage') record.stage = effect.stage;
    else if (effect.type === 'assign-responsible') record.user = effect.user;
    else if (effect.type === 'add-note') record.score = Number(effect.text);
    else if (effect.type === 'send-message') record.answer = effect.text;
    else if (effect.node === 'has-words') record.words = true;
    else if (effect.node === 'is-emoji') record.emoji = true;
    else if (effect.node in buckets) record.bucket = effect.tags[0];
    else if (effect.node === 'tag') record.tag = effect.tags.join();
    else record.queue = effect.tags.join();
  }
  return tellDecision(record);
}
