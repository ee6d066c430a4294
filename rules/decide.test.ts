import { compile } from './compile.js';
import { decide } from './decide.js';
import { emptyMemory } from './memory.js';
import { present } from './testing/present.js';
import { buildGraph } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const event = { type: 'message-received', id: 'e1', at: '2026-03-02T12:00:00Z', message: { text: 'spam' } } as const;
const says = (name: string) => buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a'], { name });
const drops = (name: string) => buildGraph({ in: ['start'], gate: ['gate'] }, ['in.next > gate'], { name });
const fails = (name: string) => buildGraph({ in: ['start'], bad: ['throws'] }, ['in.next > bad'], { name });

function decideAll(...graphs: ReturnType<typeof buildGraph>[]) {
  return present(
    decide(
      graphs.map((graph) => compile(graph, smallNodeTypes)),
      event,
      emptyMemory,
    ),
  );
}

it('names the rule set in everything it reports when there are several', () => {
  const { effects, trace } = decideAll(says('one'), says('two'));
  expect(effects.map(({ ruleSet }) => ruleSet)).toEqual(['one', 'two']);
  expect(trace.map(({ ruleSet }) => ruleSet)).toEqual(['one', 'one', 'two', 'two']);
});

it('names none when there is one', () => {
  expect(JSON.stringify(decideAll(says('one')))).not.toContain('ruleSet');
});

it('ends the event for later rule sets where one drops it, and keeps what earlier ones decided', () => {
  const decision = decideAll(says('one'), drops('two'), says('three'));
  expect(decision.status).toBe('filtered');
  expect(decision.reason).toEqual({ node: 'gate', ruleSet: 'two' });
  expect(decision.effects.map(({ ruleSet }) => ruleSet)).toEqual(['one']);
});

it('goes on with other rule sets after one that failed, and the first error stands', () => {
  const decision = decideAll(fails('one'), says('two'), fails('three'));
  expect(decision).toMatchObject({ status: 'error', error: { node: 'bad', ruleSet: 'one' } });
  expect(decision.effects.map(({ ruleSet }) => ruleSet)).toEqual(['two']);
});

it('is filtered rather than in error, and tells both', () => {
  const decision = decideAll(fails('one'), drops('two'));
  expect(decision).toMatchObject({ status: 'filtered', error: { ruleSet: 'one' }, reason: { ruleSet: 'two' } });
});

it('counts the replies of all rule sets together', () => {
  const memory = { ...emptyMemory, replies: Array.from({ length: 19 }, () => Date.parse(event.at)) };
  const graphs = [says('one'), says('two')].map((graph) => compile(graph, smallNodeTypes));
  expect(present(decide(graphs, event, memory)).trace.map(({ held }) => held)).toEqual([undefined, undefined, undefined, 'rate']);
});

it('passes an event that no rule set takes', () => {
  expect(decideAll()).toEqual({ status: 'passed', effects: [], trace: [], memory: emptyMemory });
});
