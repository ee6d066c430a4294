import { Text } from '@mantine/core';
import type { RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { nameIds } from '../name-ids.js';
import { NodeIcon } from '../node-icon.js';
import { inReadingOrder } from '../reading-order.js';
import classes from './recipes.module.css';

/** What a graph does, a line for each step in the order in which a message meets them, with names in place of ids. */
export function StepWords({ graph, names }: { graph: RuleGraph; names: ReadonlyMap<string, string> }) {
  const language = useLanguage();
  return (
    <ol className={classes.steps}>
      {inReadingOrder(graph).map((node) => {
        const { title, summary, icon, family } = cardOf(node, language, graph.timezone);
        return (
          <li key={node.id} className={classes.step}>
            <span style={{ color: `var(--family-${family ?? 'action'})` }}>
              <NodeIcon name={icon} size={18} />
            </span>
            <Text size="sm">
              <b>{title}</b>
              {summary && `: ${nameIds(summary, names)}`}
            </Text>
          </li>
        );
      })}
    </ol>
  );
}
