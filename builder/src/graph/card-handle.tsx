import { useContext, type CSSProperties } from 'react';
import { Handle, Position } from '@xyflow/react';
import { CanvasContext } from './canvas-context.js';

interface CardHandleProps {
  type: 'source' | 'target';
  /** The exit's name, or that of the entry. */
  id: string;
  style?: CSSProperties;
}

/**
 * Where wires join a card. React Flow's handles each ask its store anew at every move of a drag, which 1,500 of them make slow; from afar nobody sees or
 * presses them, so only their place is left, with the attributes by which React Flow measures where wires end.
 */
export function CardHandle({ type, id, style }: CardHandleProps) {
  const position = type === 'source' ? Position.Right : Position.Left;
  const { isFar, canConnect } = useContext(CanvasContext);
  if (!isFar) return <Handle type={type} position={position} id={id} isConnectable={canConnect} style={style} />;
  return (
    <div
      className={`react-flow__handle react-flow__handle-${position} ${type}`}
      data-handleid={id}
      data-handlepos={position}
      style={style}
    />
  );
}
