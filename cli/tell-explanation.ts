import type { Bilingual, EventChange, ExplainedCondition, ExplainedStep, Explanation, MissedNode } from '../rules/index.js';
import type { Say } from './say.js';

const statuses: Record<Explanation['line']['status'], Bilingual> = {
  passed: { ru: 'прошло', en: 'passed' },
  filtered: { ru: 'отфильтровано', en: 'filtered' },
  error: { ru: 'ошибка', en: 'error' },
};

/** Why an event went its way, for people: the steps with their reasons, then why a node did not run, if that was asked. */
export function tellExplanation({ line, steps }: Explanation, missed: MissedNode | undefined, say: Say): string[] {
  const { event, type, at, status, reason, error } = line;
  const end = reason ?? error;
  const why = end ? ` (${[end.ruleSet, end.node, end.text].filter((part) => part !== undefined).join(', ')})` : '';
  return [
    `${event} · ${type} · ${at} — ${say(statuses[status])}${why}`,
    ...(steps.length === 0 ? [say({ ru: '  Ни один набор правил события не взял.', en: '  No rule set took the event.' })] : []),
    ...steps.flatMap((step, index) => tellStep(step, index + 1, say)),
    ...(missed ? ['', ...tellMissed(missed, say)] : []),
  ];
}

function tellStep(
  { node, ruleSet, title, port, portLabel, reason, condition, effects }: ExplainedStep,
  number: number,
  say: Say,
): string[] {
  const place = ruleSet === undefined ? node : `${ruleSet}/${node}`;
  const label = say(portLabel);
  return [
    `${String(number).padStart(3)}. ${place} «${say(title)}» → ${port}${label === port ? '' : ` (${label})`}${reason ? `: ${say(reason)}` : ''}`,
    ...(condition ? tellCondition(condition, say).map((text) => `       ${text}`) : []),
    ...effects.map((effect) => `       ${JSON.stringify({ ...effect, node: undefined, ruleSet: undefined })}`),
  ];
}

function tellCondition({ text, holds, field, found, join, parts = [] }: ExplainedCondition, say: Say): string[] {
  const sign = holds ? '✓' : '✗';
  if (join === undefined) {
    const value = found === undefined ? say({ ru: 'нет', en: 'missing' }) : JSON.stringify(found);
    return [`${sign} ${say(text)} — ${field ?? ''}: ${value}`];
  }
  return [`${sign} ${say(joins[join])}`, ...parts.flatMap((part) => tellCondition(part, say)).map((line) => `  ${line}`)];
}

const joins: Record<NonNullable<ExplainedCondition['join']>, Bilingual> = {
  all: { ru: 'всё сразу:', en: 'all of:' },
  any: { ru: 'хотя бы одно:', en: 'any of:' },
  not: { ru: 'неверно, что:', en: 'not:' },
};

function tellMissed({ node, ran, blocks, changes }: MissedNode, say: Say): string[] {
  if (ran) return [say({ ru: `${node} сработал.`, en: `${node} did run.` })];
  return [
    say({ ru: `Почему не сработал ${node}:`, en: `Why ${node} did not run:` }),
    ...blocks.map(({ text }) => `  ${say(text)}`),
    ...tellChanges(node, changes, say),
  ];
}

function tellChanges(node: string, changes: readonly EventChange[], say: Say): string[] {
  if (changes.length === 0) {
    return [
      say({
        ru: `Изменения одного или двух полей события, при котором ${node} сработал бы, не нашлось.`,
        en: `No change of one or two fields of the event was found that makes ${node} run.`,
      }),
    ];
  }
  const none = say({ ru: '(нет)', en: '(none)' });
  const show = (value: unknown) => (value === undefined ? none : JSON.stringify(value));
  return [
    say({
      ru: `${node} сработал бы, если бы событие было таким (проверено прогоном):`,
      en: `${node} would have run with one of these changes (each was run):`,
    }),
    ...changes.map(({ changes }) => `  ${changes.map(({ field, from, to }) => `${field}: ${show(from)} → ${show(to)}`).join('; ')}`),
  ];
}
