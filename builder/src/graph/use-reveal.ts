import { useCallback } from 'react';
import { useReactFlow } from '@xyflow/react';
import { boxesOf } from './boxes.js';
import { glide } from './glide.js';
import { useGraphStore } from './graph-store.js';
import type { Key } from './things.js';
import { shiftInto } from './shift-into.js';
import { sizesOf } from './use-editor-commands.js';

/** Between what is revealed and the edge of the canvas, in pixels of the screen. */
const margin = 40;

/** Moves the view as little as brings a step, note or frame (by key) into sight; what is in sight already stays where it is. */
export function useReveal() {
  const store = useGraphStore();
  const { getViewport, setViewport, getNodes, flowToScreenPosition } = useReactFlow();
  return useCallback(
    (key: Key) => {
      const box = boxesOf(store.getState().history.present, sizesOf(getNodes())).get(key);
      const sight = document.querySelector('[data-canvas]')?.getBoundingClientRect();
      if (!box || !sight) return;
      const start = flowToScreenPosition(box);
      const end = flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
      const across = shiftInto([start.x, end.x], [sight.left + margin, sight.right - margin]);
      const down = shiftInto([start.y, end.y], [sight.top + margin, sight.bottom - margin]);
      if (across === 0 && down === 0) return;
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x + across, y: y + down, zoom }, glide());
    },
    [store, getViewport, setViewport, getNodes, flowToScreenPosition],
  );
}
