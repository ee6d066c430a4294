import type { RuleGraph } from '../../../../rules/index.js';
import type { StepFigures } from '../../../../api/steps.js';
import type { Language } from '../../i18n.js';
import { cardOf } from '../card-view.js';

/** What the table can be sorted by. */
export const figureColumns = ['title', 'times', 'replies', 'drops', 'errors', 'undelivered', 'score', 'replySeconds', 'lastAt'] as const;
export type FigureColumn = (typeof figureColumns)[number];

/** A line of the table. */
export interface FigureRow extends StepFigures {
  title: string;
  /** The average of the scores with most answers; null where nobody gave one. */
  score: number | null;
  /** Whether the graph has the step still. */
  isThere: boolean;
}

/** Figures with the names of their steps: of every step of the graph, and of those that ran and are gone from it. */
export function toRows(figures: readonly StepFigures[], graph: RuleGraph, language: Language): FigureRow[] {
  const known = new Map(graph.nodes.map((node) => [node.id, cardOf(node, language, graph.timezone).title]));
  return figures
    .filter(({ node, times }) => known.has(node) || times > 0)
    .map((one) => ({
      ...one,
      title: known.get(one.node) ?? one.node,
      score: one.scores.toSorted((a, b) => b.count - a.count)[0]?.average ?? null,
      isThere: known.has(one.node),
    }));
}

/** Rows by a column; those without a value come last either way, equal ones by name. */
export function sortRows(rows: readonly FigureRow[], by: FigureColumn, isDown: boolean, language: Language): FigureRow[] {
  return rows.toSorted((a, b) => {
    const [one, other] = [a[by], b[by]];
    if (one === null || other === null) return one === other ? a.title.localeCompare(b.title, language) : one === null ? 1 : -1;
    const order = typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), language);
    return (isDown ? -order : order) || a.title.localeCompare(b.title, language);
  });
}
