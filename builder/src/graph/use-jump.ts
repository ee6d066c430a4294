import { useCallback } from 'react';
import { useReactFlow } from '@xyflow/react';
import { boxesOf, middleOf } from './boxes.js';
import { glide } from './glide.js';
import { useGraphStore } from './graph-store.js';
import { pickedBy, type Key } from './things.js';
import { sizesOf } from './use-editor-commands.js';

/** Below this zoom a card says nothing. */
const legible = 0.5;

/** Selects a step, note or frame (by key) and, where it is out of sight, or too small `toRead`, moves the view to it. */
export function useJump() {
  const store = useGraphStore();
  const { setCenter, getZoom, getNodes, flowToScreenPosition } = useReactFlow();
  return useCallback(
    (key: Key, { toRead = false } = {}) => {
      const box = boxesOf(store.getState().history.present, sizesOf(getNodes())).get(key);
      store.getState().select(pickedBy([key]));
      if (!box) return;
      const sight = document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const start = flowToScreenPosition(box);
      const end = flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
      const isInSight = sight && start.x > sight.left && end.x < sight.right && start.y > sight.top && end.y < sight.bottom;
      const [x, y] = middleOf(box);
      if (!isInSight || (toRead && getZoom() < legible)) void setCenter(x, y, { zoom: Math.max(getZoom(), 0.7), ...glide() });
    },
    [store, setCenter, getZoom, getNodes, flowToScreenPosition],
  );
}
