// Every engine that keeps the desk, by name. Each runs in a process of its own and loads only itself.
import { makeFlatMessages, tellDecision } from './desk.mjs';

/** How many evaluations an engine with promises has under way at a time. */
const inFlight = 32;

const flat = (decide, more) => ({ sets: { messages: makeFlatMessages() }, decide, tell: tellDecision, ...more });
const asynchronous = async (decide) => flat(await decide, { inFlight });

export const contenders = {
  closures: async () => flat((await import('./by-hand.mjs')).makePipeline()),
  graph: async () => (await import('./ours.mjs')).prepareGraph(),
  session: async () => (await import('./ours.mjs')).prepareSession(),
  'zen tuned': async () => asynchronous((await import('./zen.mjs')).makeTuned()),
  'zen with host help': async () => asynchronous((await import('./zen.mjs')).makeWithHost()),
  'zen custom node': async () => asynchronous((await import('./zen.mjs')).makeWithCustomNode()),
  'zen function node': async () => asynchronous((await import('./zen.mjs')).makeWithFunctionNode()),
  'json-rules-engine tuned': async () => asynchronous((await import('./json-rules-engine.mjs')).makeTuned()),
  'json-rules-engine idiomatic': async () => asynchronous((await import('./json-rules-engine.mjs')).makeIdiomatic()),
  'jsonata tuned': async () => asynchronous((await import('./jsonata.mjs')).makeTuned()),
  'jsonata alone': async () => asynchronous((await import('./jsonata.mjs')).makeAlone()),
  'node-red function': async () => asynchronous((await import('./node-red.mjs')).makeFunction()),
  'node-red chain': async () => asynchronous((await import('./node-red.mjs')).makeChain()),
};
