import { isNode, listOf, type TreeNode } from './tree-node.js';
import type { ExpressionInput } from './expression.js';

/** Parts of an expression that somebody writes in one line. */
const mostParts = 40;
/** Characters and entries of what a light expression looks at: a message, its contact, a few variables. */
const mostCharacters = 4096;
const mostEntries = 400;

/**
 * Whether an expression that the rule language accepts costs no more than it is long, on each value that it looks at: paths of plain names,
 * constants, operators, conditions and calls. What is asked once for each item of a list (predicates, `items.(…)`), and what makes or searches objects,
 * is not light.
 * @param tree the library's tree, in which `findRefused` found nothing
 */
export function isLight(tree: unknown): boolean {
  let parts = 0;
  return visit(tree);

  function visit(node: unknown): boolean {
    parts += 1;
    if (parts > mostParts || !isNode(node)) return false;
    // What narrows a step is asked for each of its items.
    if (listOf(node['stages']).length > 0 || listOf(node['predicate']).length > 0) return false;
    const inner = partsOf(node);
    return inner !== undefined && inner.every(visit);
  }
}

/** The parts of a node that is light itself; undefined for one that is not. */
function partsOf(node: TreeNode): unknown[] | undefined {
  switch (node['type']) {
    case 'name':
    case 'string':
    case 'number':
    case 'value':
    case 'variable':
      return [];
    case 'path': {
      const steps = listOf(node['steps']);
      return steps.slice(1).every((step) => isNode(step) && step['type'] === 'name') ? steps : undefined;
    }
    case 'block':
      return listOf(node['expressions']);
    case 'condition':
      return [node['condition'], node['then'], ...(node['else'] === undefined ? [] : [node['else']])];
    case 'binary':
      return [node['lhs'], node['rhs']];
    case 'unary':
      if (node['value'] === '-') return [node['expression']];
      return node['value'] === '[' ? listOf(node['expressions']) : undefined;
    case 'function':
      return listOf(node['arguments']);
    default:
      return undefined;
  }
}

/** Whether an expression has little to look at. Stops counting at the limit, so that asking costs little, too. */
export function isSmall({ event, variables }: ExpressionInput): boolean {
  let entries = 0;
  let characters = 0;
  return fits(event) && fits(variables);

  function fits(value: unknown): boolean {
    if (typeof value === 'string') return (characters += value.length) <= mostCharacters;
    if (typeof value !== 'object' || value === null) return true;
    const items = Array.isArray(value) ? value : Object.values(value);
    entries += items.length;
    return entries <= mostEntries && items.every(fits);
  }
}
