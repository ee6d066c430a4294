import type { ReactNode } from 'react';
import { NodeResizer } from '@xyflow/react';
import { leastSize } from './canvas-things.js';
import { useGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import type { Key } from './things.js';
import classes from './things.module.css';

interface ThingBoxProps {
  thing: Key;
  kind: 'note' | 'group';
  color: string;
  selected: boolean;
  children: ReactNode;
}

/** The box of a note or a frame: its colour, whether it is selected or found, and the corners that resize it. */
export function ThingBox({ thing, kind, color, selected, children }: ThingBoxProps) {
  const readOnly = useGraph((state) => state.readOnly);
  const isFound = useLayers(({ found }) => found?.has(thing));
  return (
    <div className={`${classes[kind]} ${selected ? classes.selected : ''} ${isFound ? classes.found : ''}`} data-color={color}>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={leastSize.width}
        minHeight={leastSize.height}
        lineClassName={classes.edge}
        handleClassName={classes.corner}
      />
      {children}
    </div>
  );
}
