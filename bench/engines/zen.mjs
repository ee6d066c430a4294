// GoRules' engine: tables and expressions in a JDM graph, from its fastest shape to the one in which all text work is its own.
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { host } from './by-hand.mjs';
import { answers, buckets, listedPhones, patterns, queues, stages, users } from './desk.mjs';

/** The host finds the phone, the words and the emoji; the engine has two tables and one expression node. The whole message is handed over. */
export function makeWithHost() {
  const decide = makeFused();
  return (message) =>
    decide({
      ...message,
      blocked: host.isBlocked(message.phone),
      words: host.hasWords(message.text),
      emoji: host.isEmoji(message.text),
    });
}

/** As with the host's help, and only what the engine reads is handed over: no phone, and a text only where it is short enough for a score. */
export function makeTuned() {
  const decide = makeFused();
  return ({ kind, channel, source, phone, name, text, now }) =>
    decide({
      kind,
      channel,
      source,
      name,
      now,
      text: text.length > 2 ? '' : text,
      blocked: host.isBlocked(phone),
      words: host.hasWords(text),
      emoji: host.isEmoji(text),
    });
}

function makeFused() {
  return evaluator(new ZenEngine(), [
    table('queue', 'kind', { queue: queues }),
    table('source', 'source', { stage: stages, user: users }),
    expressions({
      tag: expression.tag,
      night: expression.night,
      score: expression.score,
      bucket: expression.bucket.replaceAll('score', '$.score'),
      answer: expression.answer.replace(/\b(score|night)\b/g, '$.$1'),
    }),
  ]);
}

/** A node for each step, as one would draw it; the words alone are found by a custom node of the host, the list and the rest by the engine. */
export function makeWithCustomNode() {
  const engine = new ZenEngine({ customHandler: async ({ input }) => ({ output: { ...input, words: host.hasWords(input.text) } }) });
  return evaluator(
    engine,
    [
      { type: 'customNode', content: { kind: 'words', config: {} } },
      table('queue', 'kind', { queue: queues }),
      table('stage', 'source', { stage: stages }),
      table('user', 'source', { user: users }),
      ...['emoji', 'tag', 'night', 'score', 'bucket', 'answer'].map((key) => expressions({ [key]: expression[key] })),
    ],
    expressions({ blocked: expression.blocked }),
  );
}

/** All text work in one function node (JavaScript inside the engine). */
export function makeWithFunctionNode() {
  return evaluator(
    new ZenEngine(),
    [
      { type: 'functionNode', content: { source: textFunction() } },
      table('queue', 'kind', { queue: queues }),
      table('source', 'source', { stage: stages, user: users }),
      ...['tag', 'night', 'bucket', 'answer'].map((key) => expressions({ [key]: expression[key] })),
    ],
    expressions({ blocked: expression.blocked }),
  );
}

const quoted = (text) => `'${text}'`;
const oneOf = (list) => `[${list.map(quoted).join(', ')}]`;
const expression = {
  blocked: `phone in ${oneOf(listedPhones)}`,
  emoji:
    "matches(text, '^[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\x{200d}\\x{fe0f}\\s]+$') and not(matches(text, '^[0-9#*\\s]+$'))",
  tag: '`Клиент ${name} (${channel})`',
  night: 'floor(((now + 10800000) % 86400000) / 3600000) >= 22 or floor(((now + 10800000) % 86400000) / 3600000) < 6',
  score: `len(text) < 3 and text in ${oneOf(Object.values(buckets).flat())} ? number(text) : null`,
  bucket: "score == null ? null : score >= 9 ? 'promoter' : score >= 7 ? 'passive' : 'detractor'",
  answer: `score != null ? ${quoted(answers.score)} : night ? ${quoted(answers.night)} : words ? ${quoted(answers.words)} : emoji ? ${quoted(answers.emoji)} : null`,
};

function textFunction() {
  const border = '[а-яёa-z0-9]';
  const words = patterns.map((pattern) => {
    const stem = pattern.replaceAll('*', '');
    return `${pattern.startsWith('*') ? '' : `(?<!${border})`}${stem}${pattern.endsWith('*') ? '' : `(?!${border})`}`;
  });
  return `
    const words = new RegExp(${JSON.stringify(words.join('|'))});
    const emoji = /^(?:[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}\\u200d\\ufe0f]|\\s)+$/u;
    export const handler = async (input) => {
      const { text } = input;
      return {
        ...input,
        words: words.test(text.toLowerCase()),
        emoji: text.charCodeAt(0) > 0xa8 && emoji.test(text),
        score: /^(?:10|[0-9])$/.test(text) ? Number(text) : null,
      };
    };`;
}

const passing = { passThrough: true, inputField: null, outputPath: null, executionMode: 'single' };

function expressions(byKey) {
  const list = Object.entries(byKey).map(([key, value]) => ({ id: `e-${key}`, key, value }));
  return { type: 'expressionNode', content: { expressions: list, ...passing } };
}

/** Rows of one input and as many outputs as there are tables, all with the same keys. */
function table(name, field, columns) {
  const outputs = Object.keys(columns).map((column) => ({ id: `o-${column}`, name: column, field: column }));
  const [first] = Object.values(columns);
  const rules = Object.keys(first).map((key, place) => ({
    _id: `${name}-${place}`,
    in: quoted(key),
    ...Object.fromEntries(Object.entries(columns).map(([column, values]) => [`o-${column}`, quoted(values[key])])),
  }));
  return {
    type: 'decisionTableNode',
    content: { hitPolicy: 'first', inputs: [{ id: 'in', name: field, field }], outputs, rules, ...passing },
  };
}

/** A line of nodes behind a switch that sends blocked messages to an exit of their own. */
function evaluator(engine, line, before) {
  const nodes = [];
  const edges = [];
  const add = (node, from, handle) => {
    const id = `n${nodes.length}`;
    nodes.push({ id, name: id, position: { x: 200 * nodes.length, y: 0 }, ...node });
    if (from) edges.push({ id: `edge-${id}`, type: 'edge', sourceId: from, targetId: id, ...(handle && { sourceHandle: handle }) });
    return id;
  };
  let last = add({ type: 'inputNode' });
  if (before) last = add(before, last);
  const statements = [
    { id: 'is-blocked', condition: 'blocked' },
    { id: 'passes', condition: 'not blocked' },
  ];
  const fork = add({ type: 'switchNode', content: { hitPolicy: 'first', statements } }, last);
  add({ type: 'outputNode' }, fork, 'is-blocked');
  last = fork;
  for (const [place, node] of line.entries()) last = add(node, last, place === 0 ? 'passes' : undefined);
  add({ type: 'outputNode' }, last);
  const decision = engine.createDecision(new ZenDecisionContent({ nodes, edges }));
  return async (message) => (await decision.evaluate(message)).result;
}
