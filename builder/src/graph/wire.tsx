import { memo, useState } from 'react';
import { BaseEdge, EdgeLabelRenderer, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { ownerOf, portOf } from './commands.js';
import type { WireEdge } from './flow-view.js';
import { useGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { ExitCount } from './seeing/exit-count.js';
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
  const reached = useLayers(({ coverage, run }) => (coverage && !run ? (coverage.ports.get(data?.edge.from ?? '') ?? 0) : undefined));
  const counts = useLayers((layers) => (layers.run ? undefined : layers.counts));
  const [isHovered, setHovered] = useState(false);
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
      {/* The pointer on the wire shows what the number on it shows, which the keyboard reaches. */}
      <g onMouseEnter={() => setHovered(true)} onMouseLeave={() => setHovered(false)}>
        <BaseEdge id={id} path={path} interactionWidth={18} className={look.filter(Boolean).join(' ')} />
      </g>
      {counts?.shown.has(id) && data && (
        <EdgeLabelRenderer>
          <ExitCount
            counts={counts}
            node={ownerOf(data.edge.from)}
            port={portOf(data.edge.from)}
            isWireHovered={isHovered}
            style={{ transform: `translate(0, -50%) translate(${sourceX + 9}px, ${sourceY}px)` }}
          />
        </EdgeLabelRenderer>
      )}
      {reached !== undefined && (
        <EdgeLabelRenderer>
          <span className={classes.wireCount} style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}>
            {reached}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const compareLook = { added: classes.wireAdded, removed: classes.wireRemoved, same: classes.wireDim };
