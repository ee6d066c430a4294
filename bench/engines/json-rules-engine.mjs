// json-rules-engine: tuned (tables stay with the host, the list and the words are operators of it) and idiomatic (a rule for each row).
import { Engine } from 'json-rules-engine';
import { host } from './by-hand.mjs';
import { listedPhones, queues, stages, users } from './desk.mjs';

export function makeTuned() {
  const engine = makeEngine();
  engine.addOperator('listed', (phone) => host.isBlocked(phone));
  addRule(engine, { all: [{ fact: 'phone', operator: 'listed', value: true }] }, { blocked: true }, 100);
  addTextRules(engine);
  return async (message) => {
    const decision = await decide(engine, message);
    if (!decision.blocked) {
      decision.queue = queues[message.kind];
      decision.stage = stages[message.source];
      decision.user = users[message.source];
    }
    return decision;
  };
}

export function makeIdiomatic() {
  const engine = makeEngine();
  addRule(engine, { all: [{ fact: 'phone', operator: 'in', value: listedPhones }] }, { blocked: true }, 100);
  for (const [fact, field, rows] of [
    ['kind', 'queue', queues],
    ['source', 'stage', stages],
    ['source', 'user', users],
  ]) {
    for (const [key, value] of Object.entries(rows))
      addRule(engine, { all: [{ fact, operator: 'equal', value: key }] }, { [field]: value });
  }
  addTextRules(engine);
  return (message) => decide(engine, message);
}

function makeEngine() {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('hasWords', (text) => host.hasWords(text));
  engine.addOperator('isEmoji', (text) => host.isEmoji(text));
  engine.addFact('hour', async (_, almanac) => Math.floor((((await almanac.factValue('now')) + 10_800_000) % 86_400_000) / 3_600_000));
  engine.addFact('score', async (_, almanac) => host.score(await almanac.factValue('text')));
  return engine;
}

function addTextRules(engine) {
  const score = (operator, value) => ({ fact: 'score', operator, value });
  addRule(engine, { all: [{ fact: 'text', operator: 'hasWords', value: true }] }, { words: true });
  addRule(engine, { all: [{ fact: 'text', operator: 'isEmoji', value: true }] }, { emoji: true });
  addRule(
    engine,
    {
      any: [
        { fact: 'hour', operator: 'greaterThanInclusive', value: 22 },
        { fact: 'hour', operator: 'lessThan', value: 6 },
      ],
    },
    { night: true },
  );
  addRule(engine, { all: [score('greaterThanInclusive', 9)] }, { bucket: 'promoter' });
  addRule(engine, { all: [score('greaterThanInclusive', 7), score('lessThan', 9)] }, { bucket: 'passive' });
  addRule(engine, { all: [score('greaterThanInclusive', 0), score('lessThan', 7)] }, { bucket: 'detractor' });
}

function addRule(engine, conditions, params, priority = 1) {
  engine.addRule({ conditions, event: { type: 'decided', params }, priority });
}

/** What rules cannot do here, a template and a choice by four flags, is done with their result. */
async function decide(engine, message) {
  const { events, almanac } = await engine.run(message);
  const decision = { blocked: false, night: false, words: false, emoji: false };
  for (const { params } of events) Object.assign(decision, params);
  if (decision.blocked) return decision;
  decision.tag = host.tag(message);
  decision.score = await almanac.factValue('score');
  decision.answer = host.answer(decision);
  return decision;
}
