import { diffGraphs, nodeTypes, type Change, type GraphDiff } from '../../rules/index.js';
import { loadGraph } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import type { Say } from '../say.js';

/** `diff OLD NEW`: prints what changed in meaning, moves apart; exit code 0 when both mean the same, 1 when they differ. */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, { atLeast: 2, atMost: 2 });
  const [older = '', newer = ''] = positionals;
  const diff = diffGraphs(await loadGraph(older), await loadGraph(newer), nodeTypes);
  const printer = new Printer();
  if (values.json) await printer.line(JSON.stringify(diff));
  else for (const line of tell(diff, say)) await printer.line(line);
  await printer.flush();
  return diff.equal ? 0 : 1;
};

function tell({ nodes, edges, graph, tests, canvas, equal }: GraphDiff, say: Say): string[] {
  const node = say({ ru: 'шаг', en: 'node' });
  const edge = say({ ru: 'связь', en: 'edge' });
  const test = say({ ru: 'проверка', en: 'test' });
  const order = say({ ru: 'порядок', en: 'order of' });
  return [
    ...nodes.removed.map((id) => `- ${node} ${id}`),
    ...nodes.added.map((id) => `+ ${node} ${id}`),
    ...nodes.changed.map((change) => `~ ${node} ${change.node} ${valuesOf(change)}`),
    ...edges.removed.map(({ from, to }) => `- ${edge} ${from} → ${to}`),
    ...edges.added.map(({ from, to }) => `+ ${edge} ${from} → ${to}`),
    ...edges.reordered.map(({ from, old, new: now }) => `~ ${order} ${from}: ${old.join(', ')} → ${now.join(', ')}`),
    ...graph.map((change) => `~ ${valuesOf(change)}`),
    ...tests.removed.map((name) => `- ${test} ${name}`),
    ...tests.added.map((name) => `+ ${test} ${name}`),
    ...tests.changed.map((name) => `~ ${test} ${name}`),
    ...(equal ? [say({ ru: 'По смыслу графы одинаковы.', en: 'The graphs mean the same.' })] : []),
    ...(canvas.moved.length > 0 ? [`${say({ ru: 'Перемещены', en: 'Moved' })}: ${canvas.moved.join(', ')}`] : []),
    ...(canvas.notes ? [say({ ru: 'Изменены заметки на холсте.', en: 'Notes on the canvas changed.' })] : []),
    ...(canvas.groups ? [say({ ru: 'Изменены рамки на холсте.', en: 'Frames on the canvas changed.' })] : []),
  ];
}

function valuesOf(change: Change): string {
  const show = (value: unknown) => (value === undefined ? '—' : JSON.stringify(value));
  return `${change.path}: ${show(change.old)} → ${show(change.new)}`;
}
