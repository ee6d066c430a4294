import { useTranslation } from 'react-i18next';
import type { RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { around, boxesOf, type Box } from '../boxes.js';
import { cardOf } from '../card-view.js';
import { ownerOf } from '../commands.js';
import classes from './recipes.module.css';

/** Left around the graph, in pixels of the graph. */
const margin = 24;

/** A small picture of a graph: cards with their names and the wires between them. */
export function GraphPreview({ graph }: { graph: RuleGraph }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const boxes = boxesOf(graph);
  const all = around([...boxes.values()]);
  if (!all) return null;
  return (
    <svg
      className={classes.preview}
      role="img"
      aria-label={t('recipes.preview', { steps: t('count.steps', { count: graph.nodes.length }) })}
      viewBox={`${all.x - margin} ${all.y - margin} ${all.width + 2 * margin} ${all.height + 2 * margin}`}
    >
      {graph.edges.map(({ from, to }) => {
        const [source, target] = [boxes.get(ownerOf(from)), boxes.get(to)];
        return source && target && <path key={`${from} ${to}`} d={wirePath(source, target)} className={classes.wire} />;
      })}
      {graph.nodes.map((node) => {
        const box = boxes.get(node.id);
        const { title, family } = cardOf(node, language, graph.timezone);
        return (
          box && (
            <g key={node.id} transform={`translate(${box.x} ${box.y})`}>
              <rect width={box.width} height={box.height} rx={10} className={classes.card} />
              <rect width={8} height={box.height} rx={4} fill={`var(--family-${family ?? 'action'})`} />
              <foreignObject x={20} y={0} width={box.width - 28} height={box.height}>
                <div className={classes.name}>{title}</div>
              </foreignObject>
            </g>
          )
        );
      })}
    </svg>
  );
}

function wirePath(source: Box, target: Box): string {
  const [x1, y1] = [source.x + source.width, source.y + source.height / 2];
  const [x2, y2] = [target.x, target.y + target.height / 2];
  const bend = Math.max(40, (x2 - x1) / 2);
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}
