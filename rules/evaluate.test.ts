import { compile } from './compile.js';
import { evaluate } from './evaluate.js';
import type { RuleEvent } from './event.js';
import { emptyMemory, type Memory } from './memory.js';
import { present } from './testing/present.js';
import { buildGraph } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const at = '2026-03-02T12:00:00Z';
const now = Date.parse(at);

function decideOn(graph: ReturnType<typeof buildGraph>, text = 'hi', memory: Memory = emptyMemory, more: Partial<RuleEvent> = {}) {
  const event: RuleEvent = { type: 'message-received', id: 'e1', at, message: { text }, ...more };
  return present(evaluate(compile(graph, smallNodeTypes), event, memory));
}

function portsOf({ trace }: ReturnType<typeof decideOn>) {
  return trace.map(({ node, port }) => `${node}.${port}`);
}

describe('the walk', () => {
  it('starts every trigger that accepts the event, in file order', () => {
    const graph = buildGraph({ b: ['start'], other: ['start', { type: 'call-missed' }], a: ['start'] });
    expect(portsOf(decideOn(graph))).toEqual(['b.next', 'a.next']);
  });

  it('follows edges depth-first in file order', () => {
    const graph = buildGraph({ in: ['start'], a: ['reply'], b: ['reply'], c: ['reply'], d: ['reply'] }, [
      'in.next > b',
      'in.next > a',
      'b.next > d',
      'a.next > c',
    ]);
    expect(portsOf(decideOn(graph))).toEqual(['in.next', 'b.next', 'd.next', 'a.next', 'c.next']);
  });

  it('runs a node that two ways lead to once, on the first of them', () => {
    const graph = buildGraph({ in: ['start'], a: ['reply'], b: ['reply'], both: ['reply'] }, [
      'in.next > a',
      'in.next > b',
      'a.next > both',
      'b.next > both',
    ]);
    const decision = decideOn(graph);
    expect(portsOf(decision)).toEqual(['in.next', 'a.next', 'both.next', 'b.next']);
    expect(decision.effects).toHaveLength(3);
  });

  it('runs the same compiled graph again from the start', () => {
    const compiled = compile(buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a']), smallNodeTypes);
    const event: RuleEvent = { type: 'message-received', id: 'e1', at };
    expect(evaluate(compiled, event, emptyMemory)).toEqual(evaluate(compiled, event, emptyMemory));
  });

  it('allows 1,000 executions and ends the 1,001st with an error that names the node', () => {
    const chain = (length: number) => {
      const ids = Array.from({ length }, (_, index) => `n${index}`);
      const nodes = Object.fromEntries(ids.map((id, index): [string, [string]] => [id, [index === 0 ? 'start' : 'rests']]));
      return buildGraph(
        nodes,
        ids.slice(1).map((id, index) => `n${index}.next > ${id}`),
      );
    };
    expect(decideOn(chain(1000)).status).toBe('passed');
    const tooLong = decideOn(chain(1001));
    expect(tooLong.status).toBe('error');
    expect(tooLong.error).toMatchObject({ node: 'n1000' });
    expect(portsOf(tooLong).at(-1)).toBe('n1000.error');
  });
});

describe('dropping', () => {
  it('drops a message at a filter whose filtered port is loose, and names the filter', () => {
    const graph = buildGraph({ in: ['start'], before: ['reply'], gate: ['gate'], behind: ['reply'], waiting: ['reply'] }, [
      'in.next > before',
      'in.next > gate',
      'in.next > waiting',
      'gate.pass > behind',
    ]);
    const decision = decideOn(graph, 'spam');
    expect(decision.status).toBe('filtered');
    expect(portsOf(decision)).toEqual(['in.next', 'before.next', 'gate.drop']);
    expect(decision.reason).toEqual({ node: 'gate' });
    expect(decision.effects).toEqual([{ type: 'send-message', text: 'hello', node: 'before' }]);
  });

  it('goes on where the filtered port has an edge', () => {
    const graph = buildGraph({ in: ['start'], gate: ['gate'], behind: ['reply'] }, ['in.next > gate', 'gate.filtered > behind']);
    const decision = decideOn(graph, 'spam');
    expect(decision.status).toBe('passed');
    expect(portsOf(decision)).toEqual(['in.next', 'gate.filtered', 'behind.next']);
  });

  it('lets a message pass a filter whose pass port is loose', () => {
    expect(decideOn(buildGraph({ in: ['start'], gate: ['gate'] }, ['in.next > gate'])).status).toBe('passed');
  });

  it('carries the text of the node that drops, and starts no later trigger', () => {
    const graph = buildGraph({ in: ['start'], ends: ['ends'], later: ['start'] }, ['in.next > ends']);
    const decision = decideOn(graph);
    expect(decision.reason).toEqual({ node: 'ends', text: 'enough' });
    expect(portsOf(decision)).toEqual(['in.next', 'ends.drop']);
  });
});

describe('failure', () => {
  it('ends the run at a node that throws, and keeps what was decided', () => {
    const graph = buildGraph({ in: ['start'], a: ['reply'], bad: ['throws'], b: ['reply'] }, [
      'in.next > a',
      'in.next > bad',
      'in.next > b',
    ]);
    const decision = decideOn(graph);
    expect(decision).toMatchObject({ status: 'error', error: { node: 'bad', text: 'broken on purpose' } });
    expect(decision.effects).toHaveLength(1);
    expect(portsOf(decision)).toEqual(['in.next', 'a.next', 'bad.error']);
  });

  it('tells what a node says of its own failure', () => {
    const graph = buildGraph({ in: ['start'], bad: ['does', { outcome: { fail: 'nobody to answer' } }] }, ['in.next > bad']);
    expect(decideOn(graph).error).toEqual({ node: 'bad', text: 'nobody to answer' });
  });

  it('names a node that leaves by a port it does not have', () => {
    const graph = buildGraph({ in: ['start'], odd: ['does', { outcome: { go: '__proto__' } }] }, ['in.next > odd']);
    expect(decideOn(graph).error?.node).toBe('odd');
  });
});

describe('disabled nodes', () => {
  it('pass on by their first port and do nothing', () => {
    const graph = buildGraph(
      { in: ['start'], gate: ['gate', {}, { disabled: true }], a: ['reply', {}, { disabled: true }], b: ['reply'] },
      ['in.next > gate', 'gate.pass > a', 'a.next > b'],
    );
    const decision = decideOn(graph, 'spam');
    expect(portsOf(decision)).toEqual(['in.next', 'gate.pass', 'a.next', 'b.next']);
    expect(decision.effects).toHaveLength(1);
  });

  it('do not start, and a disabled end does not drop', () => {
    const graph = buildGraph({ off: ['start', {}, { disabled: true }], in: ['start'], ends: ['ends', {}, { disabled: true }] }, [
      'off.next > ends',
      'in.next > ends',
    ]);
    const decision = decideOn(graph);
    expect(decision.status).toBe('passed');
    expect(portsOf(decision)).toEqual(['in.next']);
  });
});

describe('replies held back', () => {
  const graph = buildGraph({ in: ['start'], a: ['reply'], b: ['reply'] }, ['in.next > a', 'a.next > b']);

  it('sends nothing to a contact marked as a robot', () => {
    const decision = decideOn(graph, 'hi', emptyMemory, { contact: { bot: true } });
    expect(decision.effects).toEqual([]);
    expect(decision.trace.map(({ held }) => held)).toEqual([undefined, 'bot', 'bot']);
    expect(decision.memory).toBe(emptyMemory);
  });

  it('sends 20 in a sliding minute and holds back the 21st, also within one run', () => {
    const memory = { ...emptyMemory, replies: Array.from({ length: 19 }, (_, index) => now - 59_999 + index) };
    const decision = decideOn(graph, 'hi', memory);
    expect(decision.trace.map(({ held }) => held)).toEqual([undefined, undefined, 'rate']);
    expect(decision.memory.replies).toHaveLength(20);
  });

  it('counts a reply for exactly one minute', () => {
    const sent = (ago: number) => ({ ...emptyMemory, replies: Array.from({ length: 20 }, () => now - ago) });
    expect(decideOn(graph, 'hi', sent(59_999)).effects).toHaveLength(0);
    expect(decideOn(graph, 'hi', sent(60_000)).effects).toHaveLength(2);
  });

  it('holds back answers to a message that came too late, and only those', () => {
    const event: RuleEvent = { type: 'message-received', id: 'e1', at };
    const notes = buildGraph({ in: ['start'], a: ['reply'], n: ['turns'] }, ['in.next > a', 'a.next > n']);
    const decision = present(evaluate(compile(notes, smallNodeTypes), event, emptyMemory, { late: true }));
    expect(decision.trace.map(({ held }) => held)).toEqual([undefined, 'late', undefined]);
    expect(decision.effects.map(({ type }) => type)).toEqual(['add-note']);
  });
});

describe('memory', () => {
  it('is seen by later nodes of the run and never changed in place', () => {
    const graph = buildGraph({ in: ['start'], a: ['task'], b: ['task'], c: ['opens'], d: ['opens'] }, [
      'in.next > a',
      'a.next > b',
      'b.next > c',
      'c.next > d',
    ]);
    const memory: Memory = { replies: [], openTask: false, turns: {} };
    const decision = decideOn(graph, 'hi', Object.freeze(memory));
    expect(decision.effects.map(({ type, node }) => `${type} ${node}`)).toEqual(['create-task a', 'open-deal c']);
    expect(decision.memory).toEqual({ replies: [], openTask: true, deal: { open: true }, turns: {} });
  });

  it('counts turns per rule set and node', () => {
    const graph = buildGraph({ in: ['start'], a: ['turns'] }, ['in.next > a'], { name: 'Смена' });
    const first = decideOn(graph);
    const second = decideOn(graph, 'hi', first.memory);
    expect(second.memory.turns).toEqual({ 'Смена/a': 2 });
    expect(second.effects).toEqual([{ type: 'add-note', text: '1', node: 'a' }]);
  });
});
