import { memo } from 'react';
import { BaseEdge, EdgeLabelRenderer, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import type { WireEdge } from './flow-view.js';
import { useGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import classes from './canvas.module.css';

/** A wire: curved, bright where the run went, broken where the coverage layer saw nobody, with its count while a layer has one. */
export const Wire = memo(function Wire({
  id,
  data,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  selected,
}: EdgeProps<WireEdge>) {
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  // A wire that leads back goes round in steps: a curve would lie across the cards between.
  const [path, labelX, labelY] =
    targetX < sourceX ? getSmoothStepPath({ ...ends, borderRadius: 16, offset: 24 }) : getBezierPath({ ...ends, curvature: 0.3 });
  const taken = useLayers(({ run }) => (run ? run.edges.has(id) : undefined));
  const compared = useLayers(({ compare }) => (compare ? (compare.edges.get(id) ?? 'same') : undefined));
  const reached = useLayers(({ coverage }) => coverage && (coverage.ports.get(data?.edge.from ?? '') ?? 0));
  const today = useLayers(({ counts }) => counts?.edges[data?.edge.from ?? '']);
  const count = today ?? reached;
  const isAimedAt = useGraph(({ dropWire }) => dropWire === id);
  const look = [
    classes.wire,
    (selected || isAimedAt) && classes.wireSelected,
    taken === true && classes.wireTaken,
    taken === false && classes.wireDim,
    reached === 0 && classes.wireMissed,
    compared && compareLook[compared],
  ];
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={18} className={look.filter(Boolean).join(' ')} />
      {count !== undefined && (
        <EdgeLabelRenderer>
          <span className={classes.wireCount} style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}>
            {count}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const compareLook = { added: classes.wireAdded, removed: classes.wireRemoved, same: classes.wireDim };
