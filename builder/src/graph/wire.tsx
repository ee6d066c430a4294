import { memo } from 'react';
import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from '@xyflow/react';
import type { WireEdge } from './flow-view.js';
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
  const [path, labelX, labelY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.3 });
  const taken = useLayers(({ run }) => (run ? run.edges.has(id) : undefined));
  const reached = useLayers(({ coverage, run }) => (coverage && !run ? (coverage.ports.get(data?.edge.from ?? '') ?? 0) : undefined));
  const today = useLayers(({ counts }) => counts?.edges[data?.edge.from ?? '']);
  const count = today ?? reached;
  const look = [
    classes.wire,
    selected && classes.wireSelected,
    taken === true && classes.wireTaken,
    taken === false && classes.wireDim,
    reached === 0 && classes.wireMissed,
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
