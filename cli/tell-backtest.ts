import {
  describeStep,
  nodeTypes,
  type Backtest,
  type BacktestGroup,
  type Bilingual,
  type Cause,
  type Pair,
  type RuleGraph,
  type Step,
} from '../rules/index.js';
import type { Say } from './say.js';

/** The graphs of both versions, for the reasons of their steps. */
export interface BacktestSides {
  old: readonly RuleGraph[];
  new: readonly RuleGraph[];
}

/** What a backtest found, for people: one paragraph a cause, with the ways of both versions on its first event side by side. */
export function tellBacktest({ events, lines, differ, outcomes, groups }: Backtest, sides: BacktestSides, say: Say): string[] {
  if (differ === 0) {
    return [
      say({
        ru: `Событий ${events}, строк с таймерами ${lines}: обе версии решают одинаково.`,
        en: `${events} events, ${lines} lines with timers: both versions decide alike.`,
      }),
    ];
  }
  return [
    say({
      ru: `Событий ${events}, строк с таймерами ${lines}. Различаются ${differ}, из них ${outcomes} — в том, что увидят клиент и CRM.`,
      en: `${events} events, ${lines} lines with timers. ${differ} differ, ${outcomes} of them in what the client and the CRM see.`,
    }),
    ...groups.flatMap((group, index) => ['', ...tellGroup(group, index + 1, sides, say)]),
  ];
}

function tellGroup(
  { cause, count, follows, sameOutcome, changes, events, example }: BacktestGroup,
  number: number,
  sides: BacktestSides,
  say: Say,
): string[] {
  const changed = Object.entries(changes).map(([change, times]) => `${change} (${times})`);
  const asides = [
    ...(follows > 0
      ? [say({ ru: `после более раннего различия в беседе ${follows}`, en: `after an earlier difference in the conversation ${follows}` })]
      : []),
    ...(sameOutcome > 0 ? [say({ ru: `с тем же итогом ${sameOutcome}`, en: `with the same outcome ${sameOutcome}` })] : []),
  ];
  const more = count > events.length ? ' …' : '';
  return [
    `${number}. ${say(tellCause(cause))}: ${count}${asides.length > 0 ? ` (${asides.join(', ')})` : ''}`,
    ...(changed.length > 0 ? [`   ${say({ ru: 'меняется', en: 'changes' })}: ${changed.join(', ')}`] : []),
    `   ${say({ ru: 'события', en: 'events' })}: ${events.join(', ')}${more}`,
    ...tellExample(example, sides, say).map((line) => `     ${line}`.trimEnd()),
  ];
}

function tellCause({ kind, node, port, old, new: now, path, ruleSet }: Cause): Bilingual {
  const place = `${ruleSet === undefined ? '' : `${ruleSet}/`}${node ?? ''}`;
  const [was, is] = [old ?? '—', now ?? '—'];
  switch (kind) {
    case 'port':
      return { ru: `${place}: выход ${was} → ${is}`, en: `${place}: port ${was} → ${is}` };
    case 'next':
      return node === undefined
        ? { ru: `начало: ${was} → ${is}`, en: `start: ${was} → ${is}` }
        : { ru: `после ${place}.${port ?? ''}: ${was} → ${is}`, en: `after ${place}.${port ?? ''}: ${was} → ${is}` };
    case 'effect':
      return path === undefined
        ? { ru: `${place}: действие ${was} → ${is}`, en: `${place}: effect ${was} → ${is}` }
        : { ru: `${place}: другое ${path} у ${was}`, en: `${place}: another ${path} of ${was}` };
    case 'result':
      return { ru: `${place}: другой текст (${path ?? ''})`, en: `${place}: another text (${path ?? ''})` };
    case 'time':
      return { ru: `${place}: таймер срабатывает в другое время`, en: `${place}: the timer fires at another time` };
    case 'line':
      return now === undefined
        ? { ru: `${place}: таймер есть только в старой версии`, en: `${place}: only the old version has this timer` }
        : { ru: `${place}: таймер есть только в новой версии`, en: `${place}: only the new version has this timer` };
  }
}

function tellExample({ old, new: now }: Pair, sides: BacktestSides, say: Say): string[] {
  const absent = say({ ru: '(нет)', en: '(none)' });
  const was = old ? stepsOf(old.decision.trace, sides.old, say) : [absent];
  const is = now ? stepsOf(now.decision.trace, sides.new, say) : [absent];
  const ends = [old, now].map((side) =>
    side ? `= ${side.decision.status} ${side.decision.effects.map(({ type }) => type).join(', ')}`.trimEnd() : '',
  );
  const rows = Array.from({ length: Math.max(was.length, is.length) }, (_, place) => [was[place] ?? '', is[place] ?? ''] as const);
  const all = [
    [say({ ru: 'старая', en: 'old' }), say({ ru: 'новая', en: 'new' })] as const,
    ...rows,
    [ends[0] ?? '', ends[1] ?? ''] as const,
  ];
  const width = Math.max(...all.map(([left]) => left.length));
  return [
    `${(old ?? now)?.event.id ?? ''}:`,
    ...all.map(([left, right], row) => `  ${left.padEnd(width)} ${row > 0 && left !== right ? '≠' : ' '} ${right}`.trimEnd()),
  ];
}

function stepsOf(trace: readonly Step[], graphs: readonly RuleGraph[], say: Say): string[] {
  return trace.map((step) => {
    const graph = graphs.find(({ name }) => name === step.ruleSet) ?? graphs[0];
    const reason = graph && describeStep(step, graph, nodeTypes);
    const node = step.ruleSet === undefined ? step.node : `${step.ruleSet}/${step.node}`;
    return `${node} ${step.port}${reason ? ` (${say(reason)})` : ''}`;
  });
}
