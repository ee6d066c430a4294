import type { RuleGraph } from '../../../../rules/index.js';
import { DraftSaver, isSameJson, type SaveAnswer, type SaveState } from './draft-saver.js';

const graph = (name: string): RuleGraph => ({ format: 1, name, nodes: [], edges: [] });

/** A server that answers by a list, and a clock that is moved by hand. */
function desk(answers: (SaveAnswer | ((graph: RuleGraph, revision: number) => SaveAnswer))[]) {
  const sent: { name: string; revision: number }[] = [];
  const states: SaveState[] = [];
  const timers: { in: number; run: () => void }[] = [];
  let stored: { graph: unknown; revision: number } | undefined;
  const saver = new DraftSaver(
    {
      put: (next, revision) => {
        sent.push({ name: next.name, revision });
        const answer = answers.shift() ?? { kind: 'saved', revision: revision + 1, problems: [] };
        return Promise.resolve(typeof answer === 'function' ? answer(next, revision) : answer);
      },
      read: () => Promise.resolve(stored),
      later: (milliseconds, run) => {
        const timer = { in: milliseconds, run };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
      },
      onState: (state) => states.push(state),
      onProblems: () => undefined,
    },
    { graph: graph('начало'), revision: 1 },
  );
  /** Lets the next timer go off, and all that follows from it come to rest. */
  const tick = async () => {
    timers.shift()?.run();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { saver, sent, states, timers, tick, store: (next: typeof stored) => (stored = next) };
}

describe('saving the draft', () => {
  it('sends one request for changes in quick succession, and goes on from the new revision', async () => {
    const { saver, sent, tick, timers } = desk([]);
    saver.change(graph('а'));
    saver.change(graph('б'));
    expect(timers).toHaveLength(1);
    await tick();
    saver.change(graph('в'));
    await tick();
    expect(sent).toEqual([
      { name: 'б', revision: 1 },
      { name: 'в', revision: 2 },
    ]);
    expect(saver.state).toBe('saved');
  });

  it('sends what changed while a request was under way', async () => {
    const { saver, sent, tick } = desk([
      (_, revision) => {
        saver.change(graph('второй'));
        return { kind: 'saved', revision: revision + 1, problems: [] };
      },
    ]);
    saver.change(graph('первый'));
    await tick();
    expect(saver.state).toBe('waiting');
    await tick();
    expect(sent.at(-1)).toEqual({ name: 'второй', revision: 2 });
    expect(saver.state).toBe('saved');
  });

  it('stops at a conflict and never sends over another’s draft', async () => {
    const { saver, sent, tick, timers } = desk([{ kind: 'conflict' }]);
    saver.change(graph('моё'));
    await tick();
    expect(saver.state).toBe('conflict');
    saver.change(graph('моё дальше'));
    expect(timers).toHaveLength(0);
    expect(await saver.flush()).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('knows what everything that is not saved was made of', async () => {
    const { saver, tick } = desk([]);
    expect(saver.base).toEqual(graph('начало'));
    saver.change(graph('моё'));
    expect(saver.base).toEqual(graph('начало'));
    await tick();
    expect(saver.base).toEqual(graph('моё'));
  });

  it('tells of a save in between that the server met, and not of one that it was told of', async () => {
    const { saver, tick } = desk([{ kind: 'conflict' }, { kind: 'conflict' }]);
    let told = 0;
    const leave = saver.onStale(() => (told += 1));
    saver.change(graph('моё'));
    await tick();
    expect(told).toBe(1);
    saver.restart({ graph: graph('чужое'), revision: 5 });
    saver.block();
    expect(told).toBe(1);
    leave();
    saver.restart({ graph: graph('чужое'), revision: 6 }, graph('общее'));
    await tick();
    expect([saver.state, told]).toEqual(['conflict', 1]);
  });

  it('goes on after a conflict from the draft of the other, and saves what was joined with it', async () => {
    const { saver, sent, tick } = desk([{ kind: 'conflict' }]);
    saver.change(graph('моё'));
    await tick();
    saver.restart({ graph: graph('чужое'), revision: 5 }, graph('общее'));
    expect(saver.base).toEqual(graph('чужое'));
    await tick();
    expect(sent.at(-1)).toEqual({ name: 'общее', revision: 5 });
    expect([saver.state, saver.revision]).toEqual(['saved', 6]);
  });

  it('sends nothing when the draft of the other is taken as it is', () => {
    const { saver, timers } = desk([]);
    saver.change(graph('моё'));
    saver.restart({ graph: graph('чужое'), revision: 5 });
    expect([saver.state, timers]).toEqual(['saved', []]);
  });

  it('tries again when the server is away, each time later', async () => {
    const { saver, sent, tick, timers } = desk([{ kind: 'unavailable' }, { kind: 'unavailable' }]);
    saver.change(graph('а'));
    await tick();
    expect(saver.state).toBe('offline');
    const first = timers[0]!.in;
    await tick();
    expect(timers[0]!.in).toBeGreaterThan(first);
    await tick();
    expect(saver.state).toBe('saved');
    expect(sent.map(({ revision }) => revision)).toEqual([1, 1, 1]);
  });

  it('takes its own save for no conflict when only the answer was lost', async () => {
    const { saver, tick, store } = desk([{ kind: 'uncertain' }, { kind: 'conflict' }]);
    saver.change(graph('моё'));
    await tick();
    store({ graph: { nodes: [], edges: [], name: 'моё', format: 1 }, revision: 2 });
    await tick();
    expect(saver.state).toBe('saved');
    expect(saver.revision).toBe(2);
  });

  it('sees a conflict when the answer was lost and somebody else saved too', async () => {
    const { saver, tick, store } = desk([{ kind: 'uncertain' }, { kind: 'conflict' }]);
    saver.change(graph('моё'));
    await tick();
    store({ graph: graph('чужое'), revision: 2 });
    await tick();
    expect(saver.state).toBe('conflict');
  });

  it('goes on when only the answer was lost and more was typed since', async () => {
    const { saver, sent, tick, store } = desk([{ kind: 'uncertain' }, { kind: 'conflict' }]);
    saver.change(graph('моё'));
    await tick();
    saver.change(graph('моё дальше'));
    store({ graph: graph('моё'), revision: 2 });
    await tick();
    await tick();
    expect(sent.at(-1)).toEqual({ name: 'моё дальше', revision: 2 });
    expect(saver.state).toBe('saved');
  });

  it('flushes at once, and says whether all is saved', async () => {
    const { saver, sent } = desk([]);
    saver.change(graph('а'));
    expect(await saver.flush()).toBe(true);
    expect(sent).toHaveLength(1);
    expect(await saver.flush()).toBe(true);
  });

  it('keeps a refused draft and tries the next change', async () => {
    const { saver, tick } = desk([{ kind: 'refused', text: 'слишком велик' }]);
    saver.change(graph('а'));
    await tick();
    expect(saver.state).toBe('refused');
    saver.change(graph('б'));
    await tick();
    expect(saver.state).toBe('saved');
  });

  it('compares drafts whatever the order of their keys', () => {
    expect(isSameJson({ a: 1, b: { c: [1, 2], d: 0 } }, { b: { d: 0, c: [1, 2] }, a: 1 })).toBe(true);
    expect(isSameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });
});
