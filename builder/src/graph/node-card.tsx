import { memo, useContext, useEffect, useRef } from 'react';
import { IconAlertTriangle, IconExclamationCircle, IconPlayerPause } from '@tabler/icons-react';
import { useUpdateNodeInternals, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { Finding, GraphEdge } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { CanvasContext } from './canvas-context.js';
import { CardHandle } from './card-handle.js';
import { cardOf, hasEntry, type PortView } from './card-view.js';
import { ownerOf, portOf } from './commands.js';
import { entryHandle, type CardNode } from './flow-view.js';
import { useGraph } from './graph-store.js';
import { CompareMark } from './compare/compare-mark.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import { TestBadge } from './proving/test-badge.js';
import { NodeIcon } from './node-icon.js';
import { ExitCount } from './seeing/exit-count.js';
import classes from './node-card.module.css';

/** One card for all node types: what it says comes from the type's definition, what lies over it from the layers. */
export const NodeCard = memo(function NodeCard({ data: { node }, selected }: NodeProps<CardNode>) {
  const language = useLanguage();
  const { timezone } = useContext(CanvasContext);
  const run = useLayers((layers) => layers.run);
  const findings = useLayers((layers) => layers.byNode.get(node.id));
  // None in the layer is none that passed.
  const count = useLayers(({ counts, run }) => (counts && !run ? (counts.nodes[node.id] ?? 0) : undefined));
  // A run is a layer of its own: one at a time.
  const reached = useLayers(({ coverage, run }) => (coverage && !run ? (coverage.nodes.get(node.id) ?? 0) : undefined));
  const names = useLayers((layers) => layers.names);
  const isFound = useLayers(({ found }) => found?.has(node.id));
  const mark = useLayers((layers) => layers.compare?.nodes.get(node.id));
  const isCompared = useLayers(({ compare }) => compare !== undefined && compare.nodes.size > 0);
  const { t } = useTranslation('graph');
  const card = cardOf(node, language, timezone);
  const summary = nameIds(card.summary, names);
  const step = run?.byNode.get(node.id);
  const updateInternals = useUpdateNodeInternals();
  const portNames = card.ports.map(({ name }) => name).join(' ');

  const drawnPorts = useRef(portNames);

  // Exits that settings name come and go: their wires are drawn to where the exits are now.
  useEffect(() => {
    if (drawnPorts.current === portNames) return;
    drawnPorts.current = portNames;
    updateInternals(node.id);
  }, [updateInternals, node.id, portNames]);

  const look = [classes.card, card.family && classes[card.family], selected && classes.selected, node.disabled && classes.off];
  if (run) look.push(step ? classes.taken : classes.dim);
  else if (isCompared) look.push(mark ? classes[mark] : classes.dim);
  else if (isFound !== undefined) look.push(isFound ? classes.found : classes.dim);
  if (reached !== undefined && !node.disabled) look.push(reached > 0 ? classes.reached : classes.missed);

  return (
    <div className={look.filter(Boolean).join(' ')} data-node-type={node.type}>
      {step && <span className={classes.number}>{step.number}</span>}
      {mark && <CompareMark mark={mark} className={classes.compareMark} />}
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.icon}>{node.disabled ? <IconPlayerPause size={16} aria-hidden /> : <NodeIcon name={card.icon} />}</span>
          <span className={classes.title} title={card.title}>
            {card.title}
          </span>
          <TestBadge node={node.id} />
          {findings && <ProblemBadge findings={findings} />}
        </div>
        {card.family === undefined && <div className={classes.summary}>{t('card.unknownType')}</div>}
        {(summary !== '' || node.disabled) && (
          <div className={classes.summary}>{node.disabled ? `${t('card.off')} ${summary}` : summary}</div>
        )}
        <Ports ports={card.ports} node={node.id} count={count ?? reached} />
      </div>
      {hasEntry(node) && <CardHandle type="target" id={entryHandle} style={entryPlace} />}
      {step && (step.reason !== '' || step.port === 'drop' || step.port === 'error') && (
        <div className={classes.reason}>{[endWord(step.port, t), nameIds(step.reason, names)].filter(Boolean).join(': ')}</div>
      )}
    </div>
  );
});

const entryPlace = { top: 20 } as const;

function endWord(port: string, t: (key: string) => string): string {
  if (port === 'drop') return t('run.dropped');
  return port === 'error' ? t('run.failed') : '';
}

function Ports({ ports, node, count }: { ports: readonly PortView[]; node: string; count?: number }) {
  const wired = useGraph((state) => wiredPorts(state.history.present.edges).get(node));
  const wiredNames = new Set(wired?.split(' '));
  const coverage = useLayers((layers) => (layers.run ? undefined : layers.coverage));
  const counts = useLayers((layers) => (layers.run ? undefined : layers.counts));
  const { t } = useTranslation('graph');
  if (ports.length === 0 && count === undefined) return null;
  return (
    <div className={classes.ports}>
      {count !== undefined && (
        <span className={classes.count} title={t(counts ? `passed.times.${counts.days}` : 'cover.times')}>
          {count}
        </span>
      )}
      {ports.map(({ name, label, expected }) => {
        const isLoose = expected && !wiredNames.has(name);
        const isMissed =
          coverage !== undefined && (coverage.nodes.get(node) ?? 0) > 0 && (coverage.ports.get(`${node}.${name}`) ?? 0) === 0;
        return (
          <div
            key={name}
            className={isLoose ? `${classes.port} ${classes.loose}` : classes.port}
            title={isLoose ? t('card.loose') : undefined}
          >
            {isMissed && (
              <span className={classes.missedPort} title={t('cover.notReached')}>
                ○{' '}
              </span>
            )}
            {isLoose ? `${label} · ${t('card.looseShort')}` : label}
            {counts && !wiredNames.has(name) && <ExitCount counts={counts} node={node} port={name} style={looseCount} />}
            <CardHandle type="source" id={name} />
          </div>
        );
      })}
      {ports.length === 0 && <div className={classes.port}>&nbsp;</div>}
    </div>
  );
}

/** Beside the exit, where its wire would begin. */
const looseCount = { left: 'calc(100% + 9px)', top: 0 } as const;

/** Asked of 500 cards at every move of a drag, so the answer is made once for each list of edges. */
const knownPorts = new WeakMap<readonly GraphEdge[], ReadonlyMap<string, string>>();

/** The names of the exits that wires leave, by step; as one text, which stays the same for a card whose wires stay. */
function wiredPorts(edges: readonly GraphEdge[]): ReadonlyMap<string, string> {
  const known = knownPorts.get(edges);
  if (known) return known;
  const byNode = new Map<string, string>();
  for (const { from } of edges) byNode.set(ownerOf(from), [byNode.get(ownerOf(from)), portOf(from)].filter(Boolean).join(' '));
  knownPorts.set(edges, byNode);
  return byNode;
}

function ProblemBadge({ findings }: { findings: readonly Finding[] }) {
  const language = useLanguage();
  const { t } = useTranslation('graph');
  const hasError = findings.some(({ severity }) => severity === 'error');
  const Mark = hasError ? IconExclamationCircle : IconAlertTriangle;
  return (
    <span
      className={`${classes.badge} ${hasError ? classes.error : classes.warning}`}
      title={findings.map(({ text }) => text[language]).join('\n')}
    >
      <Mark size={12} aria-hidden />
      <span aria-label={t('card.problems', { count: findings.length })}>{findings.length}</span>
    </span>
  );
}
