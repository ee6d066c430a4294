import { describeStep, nodeTypes, type Bilingual, type Cause, type Played, type RuleGraph } from '../../rules/index.js';
import type { BacktestSide } from '../../api/backtests.js';

/** The rule sets of one side by name. `own` is the one under test, whose name is left out. */
export interface SideGraphs {
  graphs: ReadonlyMap<string, RuleGraph>;
  own: string;
}

/** What a version did, with the names of its steps and the reasons in words. */
export function tellSide({ event, decision }: Played, side: SideGraphs): BacktestSide {
  return {
    status: decision.status,
    at: event.at,
    steps: decision.trace.map((step) => {
      const name = step.ruleSet ?? side.own;
      const graph = side.graphs.get(name);
      return {
        ...(name !== side.own && { ruleSet: name }),
        node: step.node,
        title: titleOf(side, name, step.node),
        port: step.port,
        exit: exitOf(side, name, step.node, step.port),
        reason: (graph && describeStep(step, graph, nodeTypes)) ?? null,
      };
    }),
    effects: decision.effects.map((effect) => ({ ...effect })),
    reason: decision.reason ?? null,
    error: decision.error ?? null,
  };
}

const draft: Bilingual = { ru: 'в черновике', en: 'in the draft' };

/** Where two versions part, in words. A step that only one of them has is named by that one. `other`: where the new side is. */
export function tellCause(
  { kind, ruleSet, node, port, old, new: now, path }: Cause,
  sides: { old: SideGraphs; new: SideGraphs },
  other: Bilingual = draft,
): Bilingual {
  const name = ruleSet ?? sides.new.own;
  const side = sides.new.graphs.get(name)?.nodes.some(({ id }) => id === node) ? sides.new : sides.old;
  const step = titleOf(side, name, node ?? '');
  const place = name === side.own ? step : { ru: `${name}: ${step.ru}`, en: `${name}: ${step.en}` };
  switch (kind) {
    case 'port': {
      const [was, is] = [old, now].map((exit) => exitWords(side, name, node ?? '', exit ?? ''));
      return { ru: `«${place.ru}»: ${was?.ru} → ${is?.ru}`, en: `“${place.en}”: ${was?.en} → ${is?.en}` };
    }
    case 'next': {
      const [was, is] = [nextWords(sides.old, name, old), nextWords(sides.new, name, now)];
      if (node === undefined) return { ru: `Начинается иначе: ${was.ru} → ${is.ru}`, en: `Begins otherwise: ${was.en} → ${is.en}` };
      const exit = exitWords(side, name, node, port ?? '');
      return { ru: `После «${place.ru}» (${exit.ru}): ${was.ru} → ${is.ru}`, en: `After “${place.en}” (${exit.en}): ${was.en} → ${is.en}` };
    }
    case 'effect':
      if (path !== undefined) return { ru: `«${place.ru}»: другое содержание`, en: `“${place.en}”: another content` };
      if (now === undefined) return { ru: `«${place.ru}» больше не действует`, en: `“${place.en}” acts no more` };
      return { ru: `«${place.ru}»: другое действие`, en: `“${place.en}”: another action` };
    case 'result':
      return { ru: `«${place.ru}»: другой текст причины`, en: `“${place.en}”: another text of the reason` };
    case 'time':
      return { ru: `«${place.ru}»: в другое время`, en: `“${place.en}”: at another time` };
    case 'line':
      return now === undefined
        ? { ru: `«${place.ru}»: срабатывает только сейчас, ${other.ru} нет`, en: `“${place.en}”: fires now, and not ${other.en}` }
        : { ru: `«${place.ru}»: срабатывает только ${other.ru}`, en: `“${place.en}”: fires ${other.en} alone` };
  }
}

function titleOf({ graphs }: SideGraphs, ruleSet: string, id: string): Bilingual {
  const node = graphs.get(ruleSet)?.nodes.find((one) => one.id === id);
  if (node?.title !== undefined && node.title !== '') return { ru: node.title, en: node.title };
  return nodeTypes.get(node?.type ?? '')?.title ?? { ru: id, en: id };
}

function exitOf({ graphs }: SideGraphs, ruleSet: string, id: string, port: string): Bilingual | null {
  const node = graphs.get(ruleSet)?.nodes.find((one) => one.id === id);
  return nodeTypes.get(node?.type ?? '')?.portLabels[port] ?? null;
}

/** The words for where a step was left, or how it ended. `exit` may say after a space what was held back. */
function exitWords(side: SideGraphs, ruleSet: string, node: string, exit: string): Bilingual {
  const [port = ''] = exit.split(' ');
  return endings[port] ?? exitOf(side, ruleSet, node, port) ?? { ru: exit, en: exit };
}

const endings: Record<string, Bilingual> = {
  drop: { ru: 'отброшено', en: 'dropped' },
  wait: { ru: 'ждёт', en: 'waits' },
  error: { ru: 'ошибка', en: 'error' },
};

/** The words for a step that follows: its id, before which stands the name of another rule set. */
function nextWords(side: SideGraphs, ruleSet: string, next: string | undefined): Bilingual {
  if (next === undefined) return { ru: 'ничего', en: 'nothing' };
  const slash = next.lastIndexOf('/');
  const [name, id] = slash < 0 ? [ruleSet, next] : [next.slice(0, slash), next.slice(slash + 1)];
  const title = titleOf(side, name, id);
  const of = name === side.own ? '' : `${name}: `;
  return { ru: `«${of}${title.ru}»`, en: `“${of}${title.en}”` };
}
