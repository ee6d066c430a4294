import { z } from 'zod';
import { compile } from './compile.js';
import { wakeByTime } from './decide.js';
import { evaluate } from './evaluate.js';
import type { RuleEvent } from './event.js';
import type { RuleGraph } from './graph.js';
import { emptyMemory } from './memory.js';
import type { NodeType } from './node-type.js';
import { readGraph } from './read-graph.js';
import type { RunLine } from './run-line.js';
import { buildGraph } from './testing/graph-builder.js';
import { message, play as playWith } from './testing/play.js';
import { present } from './testing/present.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const start = Date.parse('2026-03-02T12:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString().replace('.000Z', 'Z');
const says = (text: string, seconds: number, more: Record<string, unknown> = {}) =>
  message(text, { at: at(seconds), contact: { id: 'anna' }, conversation: { id: 'c1' }, ...more });
const sent = (seconds: number, origin = 'operator') => ({
  ...says('ответ', seconds),
  type: 'message-sent',
  message: { text: 'ответ', origin },
});

function play(graphs: RuleGraph | RuleGraph[], events: Record<string, unknown>[]): RunLine[] {
  return playWith([graphs].flat(), events, smallNodeTypes);
}

/** A line in a few words: its id, and the way it went. */
const way = ({ event, trace }: RunLine) => `${event}: ${trace.map(([node, port]) => `${node}.${port}`).join(' ')}`;
const notes = (lines: RunLine[]) => lines.flatMap(({ effects }) => effects.map((effect) => ('text' in effect ? effect.text : '')));

const waiting = buildGraph({ in: ['start'], w: ['waits'], note: ['says'] }, ['in.next > w', 'w.next > note']);
const listening = buildGraph({ in: ['start'], l: ['listens', { hears: 'да' }], yes: ['says'], no: ['says'] }, [
  'in.next > l',
  'l.reply > yes',
  'l.timeout > no',
]);

describe('a wait', () => {
  it('goes on before the first event at or after its instant, as a line of its own, with its first event and the clock of the timer', () => {
    const lines = play(waiting, [says('раз', 0), says('два', 60, { conversation: { id: 'c2' } })]);
    expect(lines.map(way)).toEqual(['e1: in.next w.wait', 'e1/w/1: w.next note.next', 'e2: in.next w.wait']);
    expect(lines[1]).toMatchObject({ type: 'timer-fired', at: at(60), status: 'passed' });
    expect(notes(lines)).toEqual([JSON.stringify(['e1', 'раз', start + 60_000, {}])]);
  });

  it('does not go on before its time, nor when the clock of the events goes back', () => {
    expect(play(waiting, [says('раз', 0), says('два', 59)]).map(({ type }) => type)).toEqual(['message-received', 'message-received']);
    const back = play(waiting, [
      says('раз', 0),
      says('два', -30, { conversation: { id: 'c2' } }),
      says('три', 20, { conversation: { id: 'c3' } }),
    ]);
    expect(back.map(({ event }) => event)).toEqual(['e1', 'e2', 'e3']);
    const forth = play(waiting, [
      says('раз', 100),
      says('два', 0, { conversation: { id: 'c2' } }),
      says('три', 70, { conversation: { id: 'c3' } }),
    ]);
    expect(forth.map(({ event }) => event)).toEqual(['e1', 'e2', 'e2/w/1', 'e3']);
  });

  it('is replaced when its node is reached again in the conversation, and the number of its timer grows only within a run', () => {
    const lines = play(waiting, [says('раз', 0), says('два', 30), says('три', 200)]);
    expect(lines.map(({ event }) => event)).toEqual(['e1', 'e2', 'e2/w/1', 'e3']);
    const circle = buildGraph({ in: ['start', { type: 'call-missed' }], w: ['waits'], note: ['says'] }, [
      'in.next > w',
      'w.next > note',
      'note.next > w',
    ]);
    const call = { ...says('', 0), type: 'call-missed', message: undefined };
    expect(play(circle, [call, says('-', 150)]).map(way)).toEqual([
      'e1: in.next w.wait',
      'e1/w/1: w.next note.next w.wait',
      'e1/w/2: w.next note.next w.wait',
      'e2: ',
    ]);
  });

  it('stays where the node asks only once', () => {
    const once = buildGraph({ in: ['start'], w: ['waits', { asks: '?', once: true }], note: ['says'] }, ['in.next > w', 'w.next > note']);
    const lines = play(once, [says('раз', 0), says('два', 30), says('три', 60)]);
    expect(lines.map(way)).toEqual(['e1: in.next w.wait', 'e2: in.next w.wait', 'e1/w/1: w.next note.next', 'e3: in.next w.wait']);
    expect(lines[1]?.effects).toEqual([]);
  });

  it('fires in order of the instants, and in order of creation at one instant', () => {
    const two = buildGraph(
      { in: ['start'], slow: ['waits', { ms: 60_000 }], quick: ['waits', { ms: 30_000 }], same: ['waits', { ms: 60_000 }] },
      ['in.next > slow', 'in.next > quick', 'in.next > same'],
    );
    const lines = play(two, [
      says('раз', 0),
      says('два', 30, { conversation: { id: 'c2' } }),
      says('три', 60, { conversation: { id: 'c3' } }),
    ]);
    expect(lines.map(({ event }) => event)).toEqual(['e1', 'e1/quick/1', 'e2', 'e1/slow/1', 'e1/same/1', 'e2/quick/1', 'e3']);
  });

  it('ends with its run: a later drop or error of another branch takes it along', () => {
    const nodes = { in: ['start'], w: ['waits'], note: ['says'] } as const;
    for (const last of ['ends', 'throws'] as const) {
      const graph = buildGraph({ ...nodes, in: ['start'], w: ['waits'], note: ['says'], last: [last] }, [
        'in.next > w',
        'w.next > note',
        'in.next > last',
      ]);
      expect(play(graph, [says('раз', 0), says('два', 100)]).map(({ type }) => type)).toEqual(['message-received', 'message-received']);
      const after = buildGraph({ in: ['start'], w: ['waits', { ms: 1000 }], v: ['waits'], note: ['says'], last: [last] }, [
        'in.next > w',
        'w.next > last',
        'in.next > v',
        'v.next > note',
      ]);
      const lines = play(after, [says('раз', 0), says('два', 100, { conversation: { id: 'c2' } })]);
      expect(lines.map(({ event }) => event)).toEqual(['e1', 'e1/w/1', 'e2']);
      expect(lines[1]?.status).toBe(last === 'ends' ? 'filtered' : 'error');
    }
  });

  it('is an error after a thousand resumes at one instant, and counts its steps anew at each resume', () => {
    const circle = buildGraph({ in: ['start'], w: ['waits', { ms: 0 }] }, ['in.next > w', 'w.next > w']);
    const lines = play(circle, [says('раз', 0), says('два', 0, { conversation: { id: 'c2' } })]);
    const error = lines.find(({ status }) => status === 'error');
    expect(error).toMatchObject({ event: 'e1/w/1000', error: { node: 'w' } });
  });

  it('cannot stand in a rule set that is called', () => {
    const caller = buildGraph({ in: ['start'], c: ['calls', { ruleSet: 'Ждун' }] }, ['in.next > c'], { name: 'Главный' });
    const [line] = play([caller, { ...waiting, name: 'Ждун' }], [says('раз', 0)]);
    expect(line).toMatchObject({ status: 'error', error: { node: 'w', ruleSet: 'Ждун' } });
  });
});

describe('a reply', () => {
  it('that a wait recognises is consumed, and the run goes on with it', () => {
    const lines = play(listening, [says('раз', 0), says('да!', 60)]);
    expect(lines.map(way)).toEqual(['e1: in.next l.wait', 'e2: l.reply yes.next']);
    expect(notes(lines)).toEqual([JSON.stringify(['e2', 'да!', start + 60_000, { heard: 'да!' }])]);
  });

  it('that none recognises goes to the triggers', () => {
    expect(play(listening, [says('раз', 0), says('нет', 60)]).map(way)).toEqual(['e1: in.next l.wait', 'e2: in.next l.wait']);
  });

  it('of another contact or another conversation, or one that an operator wrote, is none', () => {
    for (const other of [says('да', 60, { contact: { id: 'boris' } }), says('да', 60, { conversation: { id: 'c2' } })]) {
      expect(play(listening, [says('раз', 0), other]).map(way)[1]).toBe('e2: in.next l.wait');
    }
    expect(play(listening, [says('раз', 0), { ...sent(60), message: { text: 'да', origin: 'operator' } }]).map(way)[1]).toBe('e2: ');
  });

  it('is taken by the oldest wait that recognises it, whatever the priority of its rule set', () => {
    const first = { ...listening, name: 'первый' };
    const second = buildGraph({ in: ['start', { type: 'call-missed' }], l: ['listens'] }, ['in.next > l'], { name: 'второй' });
    const call = { ...says('', 0), type: 'call-missed', message: undefined };
    const lines = play([first, second], [call, says('раз', 10), says('да', 20), says('да', 30)]);
    expect(lines.map(({ trace }) => trace.map(([node, port, name]) => `${(name as { ruleSet: string }).ruleSet}:${node}.${port}`))).toEqual(
      [['второй:in.next', 'второй:l.wait'], ['второй:l.reply'], ['первый:in.next', 'первый:l.wait'], ['первый:l.reply', 'первый:yes.next']],
    );
  });

  it('that never comes is a timeout, and a timer after a reply sees the last event that the run took', () => {
    expect(play(listening, [says('раз', 0), says('два', 3600, { conversation: { id: 'c2' } })]).map(way)[1]).toBe(
      'e1/l/1: l.timeout no.next',
    );
    const graph = buildGraph({ in: ['start'], l: ['listens'], w: ['waits'], note: ['says'] }, [
      'in.next > l',
      'l.reply > w',
      'w.next > note',
    ]);
    const lines = play(graph, [says('раз', 0), says('два', 10), says('три', 100, { conversation: { id: 'c2' } })]);
    expect(lines.map(({ event }) => event)).toEqual(['e1', 'e2', 'e1/w/1', 'e3']);
    expect(notes(lines)).toEqual([JSON.stringify(['e2', 'два', start + 70_000, { heard: 'два' }])]);
  });

  it('that is none is told once, and not when another wait took it', () => {
    const again = buildGraph({ in: ['start', { type: 'call-missed' }], l: ['listens', { hears: 'да', again: 'Да?' }] }, ['in.next > l'], {
      name: 'вопрос',
    });
    const call = { ...says('', 0), type: 'call-missed', message: undefined };
    const lines = play(again, [call, says('хм', 10), says('эм', 20), says('да', 30)]);
    expect(lines.map(({ effects }) => effects.length)).toEqual([0, 1, 0, 0]);
    expect(lines.map(way).slice(1)).toEqual(['e2: l.wait', 'e3: ', 'e4: l.reply']);
    const other = buildGraph({ in: ['start', { type: 'call-missed' }], l: ['listens'] }, ['in.next > l'], { name: 'другой' });
    expect(play([again, other], [call, says('хм', 10)])[1]?.effects).toEqual([]);
  });
});

describe('a call', () => {
  const asking = buildGraph({ in: ['start'], h: ['asks-out'], ok: ['says'], bad: ['says'] }, ['in.next > h', 'h.ok > ok', 'h.error > bad']);
  const answered = (status: number, seconds: number) => ({
    ...says('', seconds),
    type: 'http-answered',
    message: undefined,
    node: 'h',
    status,
    body: { a: 1 },
  });

  it('goes on with its answer, at the clock of the answer, seeing the event that it waited with', () => {
    const lines = play(asking, [says('раз', 0), answered(200, 5)]);
    expect(lines.map(way)).toEqual(['e1: in.next h.wait', 'e2: h.ok ok.next']);
    expect(notes(lines).at(-1)).toBe(
      JSON.stringify(['e1', 'раз', start + 5000, { answer: { by: 'answer', status: 200, body: { a: 1 } } }]),
    );
  });

  it('takes the answer that names its wait, and no other', () => {
    const { name } = asking;
    const named = (wait: string, ruleSet: string, seconds: number) => ({ ...answered(200, seconds), wait, ruleSet });
    // The client wrote again before the first answer came: that one is no answer to his second question.
    const twice = play(asking, [says('раз', 0), says('два', 1), named('e1/h/1', name, 2), named('e2/h/1', name, 3)]);
    expect(twice.map(way).slice(2)).toEqual(['e3: ', 'e4: h.ok ok.next']);
    // A copy of the rule set has the same nodes, and asked first.
    const copied = play([{ ...asking, name: 'копия' }, asking], [says('раз', 0), named('e1/h/1', name, 2)]);
    expect(copied[1]?.trace.map((step) => step.at(-1))).toEqual([{ ruleSet: name }, { ruleSet: name }]);
  });

  it('fails with another status, and without an answer when its time is up', () => {
    expect(play(asking, [says('раз', 0), answered(500, 5)]).map(way)[1]).toBe('e2: h.error bad.next');
    expect(play(asking, [says('раз', 0), answered(200, 15)]).map(way)).toEqual(['e1: in.next h.wait', 'e1/h/1: h.error bad.next', 'e2: ']);
  });
});

describe('silence', () => {
  const silent = (from: string) => buildGraph({ quiet: ['silence', { from }], note: ['says'] }, ['quiet.next > note']);
  const fired = (lines: RunLine[]) => lines.filter(({ type }) => type === 'timer-fired').map(({ event, at: when }) => [event, when]);
  const end = says('конец', 10_000, { conversation: { id: 'c9' } });

  it('of the operator is measured from the client’s last message', () => {
    const lines = play(silent('operator'), [says('раз', 0), says('два', 100), end]);
    expect(fired(lines)).toEqual([['e2/quiet/1', at(400)]]);
    expect(notes(lines)[0]).toBe(JSON.stringify(['e2', 'два', start + 400_000, {}]));
  });

  it('ends with an operator’s message, even one that is dropped, and not with one of rules or a mailing', () => {
    const drops = buildGraph({ in: ['start', { type: 'message-sent' }], ends: ['ends'] }, ['in.next > ends'], { name: 'выброс' });
    expect(fired(play(silent('operator'), [says('раз', 0), sent(100), end]))).toEqual([]);
    expect(fired(play([drops, silent('operator')], [says('раз', 0), sent(100), end]))).toEqual([]);
    for (const origin of ['rules', 'mailing'])
      expect(fired(play(silent('operator'), [says('раз', 0), sent(100, origin), end]))).toHaveLength(1);
  });

  it('is neither started nor ended by what is dropped', () => {
    const gate = buildGraph({ in: ['start'], gate: ['gate'] }, ['in.next > gate'], { name: 'фильтр' });
    expect(fired(play([gate, silent('operator')], [says('spam', 0), end]))).toEqual([]);
    expect(fired(play([gate, silent('client')], [sent(0), says('spam', 100), end]))).toEqual([['e1/quiet/1', at(300)]]);
    expect(fired(play([gate, silent('client')], [sent(0), says('да', 100), end]))).toEqual([]);
  });

  it('ends when the conversation is closed, or needs no reply', () => {
    const closed = { ...says('', 100), type: 'conversation-closed', message: undefined };
    expect(fired(play(silent('operator'), [says('раз', 0), closed, end]))).toEqual([]);
    const enough = buildGraph(
      { in: ['start'], no: ['does', { outcome: { go: 'next', effects: [{ type: 'no-reply-needed' }] } }] },
      ['in.next > no'],
      { name: 'без ответа' },
    );
    expect(fired(play([enough, silent('operator')], [says('раз', 0), end]))).toEqual([]);
  });
});

describe('a schedule', () => {
  it('ticks at each of its instants after the first event', () => {
    const graph = buildGraph({ tick: ['clock'], note: ['says'] }, ['tick.next > note']);
    const lines = play(graph, [says('раз', 0), says('два', 7200)]);
    expect(lines.map(({ type, at: when }) => [type, when])).toEqual([
      ['message-received', at(0)],
      ['schedule-ticked', at(3600)],
      ['schedule-ticked', at(7200)],
      ['message-received', at(7200)],
    ]);
    expect(lines[1]?.event).toBe(`schedule/tick/${at(3600)}`);
  });
});

describe('a rule set that is called', () => {
  const called = (node: string) => buildGraph({ go: ['start'], x: [node] }, ['go.next > x'], { name: 'общие' });
  const caller = (...wires: string[]) =>
    buildGraph(
      { in: ['start'], c: ['calls', { ruleSet: 'общие' }], after: ['reply'], else: ['reply', { text: 'иначе' }] },
      ['in.next > c', 'c.next > after', ...wires],
      { name: 'главные' },
    );

  it('runs as a step, is not run by itself, and names itself in what it asks', () => {
    const [line] = play([called('reply'), caller()], [says('раз', 0)]);
    expect(line?.trace).toEqual([
      ['in', 'next', { ruleSet: 'главные' }],
      ['go', 'next', { ruleSet: 'общие' }],
      ['x', 'next', { ruleSet: 'общие' }],
      ['c', 'next', { ruleSet: 'главные' }],
      ['after', 'next', { ruleSet: 'главные' }],
    ]);
    expect(line?.effects.map(({ ruleSet }) => ruleSet)).toEqual(['общие', 'главные']);
  });

  it('drops the event where `dropped` leads nowhere, and the reason names the step that called', () => {
    const [line] = play([called('ends'), caller()], [says('раз', 0)]);
    expect(line).toMatchObject({ status: 'filtered', reason: { node: 'c', text: 'enough', ruleSet: 'главные' }, effects: [] });
    const [wired] = play([called('ends'), caller('c.dropped > else')], [says('раз', 0)]);
    expect(wired).toMatchObject({ status: 'passed', effects: [{ text: 'иначе' }] });
  });

  it('may be called twice in a run, but not by itself without end, and must exist', () => {
    const twice = buildGraph(
      { in: ['start'], a: ['calls', { ruleSet: 'общие' }], b: ['calls', { ruleSet: 'общие' }] },
      ['in.next > a', 'a.next > b'],
      { name: 'дважды' },
    );
    expect(play([twice, called('reply')], [says('раз', 0)])[0]?.effects).toHaveLength(2);
    const self = buildGraph({ in: ['start'], c: ['calls', { ruleSet: 'сам' }] }, ['in.next > c'], { name: 'сам' });
    expect(play(self, [says('раз', 0)])[0]).toMatchObject({ status: 'error', error: { node: 'c' } });
    expect(play(caller(), [says('раз', 0)])[0]).toMatchObject({ status: 'error', error: { node: 'c' } });
  });
});

describe('messages that were sent before the client answered', () => {
  const events = [sent(0), sent(10), says('да', 20), sent(30)];
  const graphOf = (release: string) =>
    buildGraph({ in: ['start', { type: 'message-sent' }], hold: ['holds', { release }] }, ['in.next > hold']);

  it('are held back, and exported in order before the answer', () => {
    const lines = play(graphOf('reply'), events);
    expect(lines.map(({ status }) => status)).toEqual(['filtered', 'filtered', 'passed', 'passed']);
    expect(lines[2]?.effects).toEqual([
      { type: 'export', event: 'e1', node: 'hold' },
      { type: 'export', event: 'e2', node: 'hold' },
    ]);
  });

  it('are held as well where the way behind the step drops them, and not where it lets them pass', () => {
    const nodes = { in: ['start', { type: 'message-sent' }], hold: ['holds'] } as const;
    const wired = (last: 'ends' | 'says') =>
      buildGraph({ in: [...nodes.in], hold: [...nodes.hold], last: [last] }, ['in.next > hold', 'hold.filtered > last']);
    const exported = (last: 'ends' | 'says') =>
      play(wired(last), events)[2]?.effects.map((effect) => ('event' in effect ? effect.event : ''));
    expect(exported('ends')).toEqual(['e1', 'e2']);
    expect(exported('says')).toEqual([]);
  });

  it('are never exported where they are not released', () => {
    expect(play(graphOf('never'), events).map(({ status, effects }) => [status, effects.length])).toEqual([
      ['filtered', 0],
      ['filtered', 0],
      ['passed', 0],
      ['passed', 0],
    ]);
  });
});

it('counters belong to the contact, the conversation or the channel', () => {
  const graph = (by: string) => buildGraph({ in: ['start'], n: ['counts', { by }], over: ['reply'] }, ['in.next > n', 'n.over > over']);
  const boris = { contact: { id: 'boris' }, conversation: { id: 'c2' } };
  const events = [says('1', 0), says('2', 1), says('3', 2), says('4', 3, boris), says('5', 4, { conversation: { id: 'c3' } })];
  const answered = (by: string) => play(graph(by), events).flatMap(({ effects, event }) => (effects.length > 0 ? [event] : []));
  expect(answered('conversation')).toEqual(['e3']);
  expect(answered('contact')).toEqual(['e3', 'e5']);
  expect(answered('channel')).toEqual(['e3', 'e4', 'e5']);
});

it('the least loaded is the one with the fewest open deals', () => {
  const graph = buildGraph({ in: ['start'], who: ['least', { users: ['olga', 'petr'] }] }, ['in.next > who']);
  const about = (id: string, seconds: number, deal: Record<string, unknown>) =>
    says('?', seconds, { contact: { id }, conversation: { id }, deal });
  const lines = play(graph, [
    about('a', 0, { id: 'd1' }),
    about('b', 1, { id: 'd2' }),
    about('c', 2, { id: 'd3' }),
    about('c', 3, { id: 'd3', open: false }),
    about('d', 4, { id: 'd4' }),
  ]);
  expect(lines.flatMap(({ effects }) => effects.flatMap((effect) => ('user' in effect ? effect.user : [])))).toEqual([
    'olga',
    'petr',
    'olga',
    'olga',
    'olga',
  ]);
});

it('a run goes on when a later release has given the node other settings', () => {
  const older = buildGraph({ in: ['start'], w: ['waits', { ms: 60_000 }], note: ['says'] }, ['in.next > w', 'w.next > note'], {
    name: 'старый',
  });
  const event: RuleEvent = { type: 'message-received', id: 'e1', at: at(0), message: { text: 'раз' } };
  const before = present(evaluate(compile(older, smallNodeTypes, 1), event, emptyMemory));
  const stored = JSON.parse(JSON.stringify({ graph: older, memory: before.memory })) as { graph: unknown; memory: typeof before.memory };

  // The next release counts seconds, and reads what the last one wrote.
  const waits = smallNodeTypes.get('waits') as NodeType;
  const later = new Map(smallNodeTypes).set('waits', {
    ...waits,
    settings: z.strictObject({ seconds: z.number() }),
    upgrade: ({ ms, ...settings }) => (ms === undefined ? settings : { seconds: Number(ms) / 1000 }),
    compile: () => () => ({ go: 'next' }),
  });
  const { graph, findings } = readGraph(stored.graph, later);
  expect(findings).toEqual([]);
  const compiled = compile(graph ?? older, later, 1);
  const [run] = stored.memory.waiting ?? [];
  const wait = run?.waits[0];
  if (!run || !wait) throw new Error('nothing waits');
  const decision = present(wakeByTime([compiled], { run, wait }, stored.memory));
  expect(decision).toMatchObject({
    status: 'passed',
    trace: [
      { node: 'w', port: 'next' },
      { node: 'note', port: 'next' },
    ],
  });
  expect(decision.memory.waiting).toEqual([]);
});
