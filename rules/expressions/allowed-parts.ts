import type { Bilingual } from '../bilingual.js';
import type { ExpressionProblem } from './expression-problem.js';
import { isNode, listOf, type TreeNode } from './tree-node.js';

/** Functions that an expression may call, each with how many arguments it takes at most. */
export const allowedFunctions: ReadonlyMap<string, number> = new Map([
  ...takes(0, 'now millis'),
  ...takes(1, 'number boolean length lowercase uppercase trim exists not count sum max min average abs floor ceil type'),
  ...takes(2, 'string contains substringBefore substringAfter join round'),
  ...takes(3, 'substring split'),
]);

function takes(most: number, names: string): [string, number][] {
  return names.split(' ').map((name) => [name, most]);
}

const operators = new Set(['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in', '+', '-', '*', '/', '%', '&']);

/** Deeper or larger trees are no rules that somebody keeps in mind; the evaluation's own stack is bounded by the depth. */
const deepest = 100;
const largest = 4000;
const problemsShown = 10;

/**
 * Whether a parsed expression holds only what the rule language has: every node of the tree is of a known kind, or it is refused.
 * @param tree the library's tree, as unknown data
 * @returns what is refused, with its place; empty when all is allowed
 */
export function findRefused(tree: unknown): ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  let nodes = 0;
  let isTooLarge = false;
  visit(tree, 0, 0);
  return isTooLarge ? [{ position: 0, text: tooLarge }] : problems;

  function refuse(position: number, text: Bilingual): void {
    if (problems.length < problemsShown && !problems.some((known) => known.text === text)) problems.push({ position, text });
  }

  function visit(node: unknown, depth: number, near: number): void {
    if (isTooLarge) return;
    nodes += 1;
    if (!isNode(node) || depth > deepest || nodes > largest) {
      isTooLarge = true;
      return;
    }
    const position = positionOf(node) ?? near;
    for (const [key, text] of Object.entries(refusedKeys)) {
      if (key in node) return refuse(positionOf(node[key]) ?? position, text);
    }
    const inner = parts(node, position);
    for (const part of inner) visit(part, depth + 1, position);
    // A predicate hangs on the step that it narrows.
    for (const key of ['stages', 'predicate']) {
      for (const stage of listOf(node[key])) {
        if (isNode(stage) && stage['type'] === 'filter') visit(stage['expr'], depth + 1, position);
        else refuse(position, unknownPart);
      }
    }
  }

  /** The parts of a node that is allowed itself; none of one that is refused. */
  function parts(node: TreeNode, position: number): unknown[] {
    const { type, value } = node;
    switch (type) {
      case 'name':
      case 'string':
      case 'number':
      case 'value':
      case 'wildcard':
        return [];
      case 'variable':
        if (value !== '' && value !== '$') refuse(position, unknownVariable(value));
        return [];
      case 'path':
        return listOf(node['steps']);
      case 'block':
        return listOf(node['expressions']);
      case 'condition':
        return [node['condition'], node['then'], ...(node['else'] === undefined ? [] : [node['else']])];
      case 'binary':
        if (typeof value === 'string' && operators.has(value)) return [node['lhs'], node['rhs']];
        refuse(position, value === '..' ? ranges : unknownPart);
        return [];
      case 'unary':
        if (value === '-') return [node['expression']];
        if (value === '[') return listOf(node['expressions']);
        if (value === '{') return listOf(node['lhs']).flatMap(listOf);
        refuse(position, unknownPart);
        return [];
      case 'function':
        return call(node, position);
      default:
        refuse(position, (typeof type === 'string' && Object.hasOwn(refusedTypes, type) && refusedTypes[type]) || unknownPart);
        return [];
    }
  }

  function call(node: TreeNode, position: number): unknown[] {
    const procedure = node['procedure'];
    const name = isNode(procedure) && procedure['type'] === 'variable' ? procedure['value'] : undefined;
    const given = listOf(node['arguments']);
    const most = typeof name === 'string' ? allowedFunctions.get(name) : undefined;
    if (typeof name !== 'string') refuse(position, computedCall);
    else if (most === undefined) refuse(position, unknownFunction(name));
    else if (given.length > most) refuse(position, tooManyArguments(name, most));
    return given;
  }
}

function positionOf(value: unknown): number | undefined {
  return isNode(value) && typeof value['position'] === 'number' ? value['position'] : undefined;
}

const tooLarge: Bilingual = {
  ru: 'Выражение слишком большое или слишком глубоко вложено: разбейте его на несколько шагов',
  en: 'The expression is too large or nested too deeply: divide it among several nodes',
};
const ranges: Bilingual = { ru: 'Промежутки вида [1..9] здесь не принимаются', en: 'Ranges such as [1..9] are not accepted here' };
const functions: Bilingual = { ru: 'Свои функции здесь не принимаются', en: 'Function definitions are not accepted here' };
const computedCall: Bilingual = {
  ru: 'Вызвать можно только функцию по имени, например $length(message.text)',
  en: 'Only a function called by its name is accepted, such as $length(message.text)',
};
const parents: Bilingual = { ru: 'Обращение к родителю (%) здесь не принимается', en: 'The parent operator (%) is not accepted here' };
const unknownPart: Bilingual = { ru: 'Эта часть языка здесь не принимается', en: 'This part of the language is not accepted here' };
const regexes: Bilingual = {
  ru: 'Регулярные выражения здесь не принимаются: для них есть сравнение «подходит под выражение» в условиях',
  en: 'Regular expressions are not accepted here: conditions have the comparison `matches` for them',
};

/** What the library hangs on a node of any kind. */
const refusedKeys: Record<string, Bilingual> = {
  group: { ru: 'Группировка {…} после пути здесь не принимается', en: 'Grouping {…} after a path is not accepted here' },
  focus: { ru: 'Привязка переменной (@$x) здесь не принимается', en: 'Binding a variable (@$x) is not accepted here' },
  index: { ru: 'Привязка номера (#$i) здесь не принимается', en: 'Binding an index (#$i) is not accepted here' },
  ancestor: parents,
  seekingParent: parents,
  tuple: unknownPart,
};

const refusedTypes: Record<string, Bilingual> = {
  descendant: { ru: 'Поиск на любой глубине (**) здесь не принимается', en: 'The descendant operator (**) is not accepted here' },
  parent: parents,
  bind: { ru: 'Присваивание (:=) здесь не принимается', en: 'Assignment (:=) is not accepted here' },
  lambda: functions,
  partial: functions,
  apply: { ru: 'Цепочка функций (~>) здесь не принимается', en: 'Function chaining (~>) is not accepted here' },
  transform: { ru: 'Преобразование |…|…| здесь не принимается', en: 'The transform operator |…|…| is not accepted here' },
  sort: { ru: 'Сортировка ^(…) здесь не принимается', en: 'Sorting ^(…) is not accepted here' },
  regex: regexes,
};

function unknownVariable(value: unknown): Bilingual {
  const name = `$${String(value)}`;
  if (typeof value === 'string' && allowedFunctions.has(value)) {
    return { ru: `Функцию ${name} надо вызвать: ${name}(…)`, en: `The function ${name} has to be called: ${name}(…)` };
  }
  return {
    ru: `Переменной ${name} нет: есть $ и $$, а переменные правил — это vars.имя`,
    en: `There is no variable ${name}: there are $ and $$, and the variables of the rules are vars.name`,
  };
}

function unknownFunction(name: string): Bilingual {
  const list = [...allowedFunctions.keys()].map((known) => `$${known}`).join(' ');
  return { ru: `Функция $${name} здесь не принимается; есть ${list}`, en: `The function $${name} is not accepted here; there are ${list}` };
}

function tooManyArguments(name: string, most: number): Bilingual {
  return { ru: `$${name} принимает аргументов не больше ${most}`, en: `$${name} takes at most ${most} arguments` };
}
