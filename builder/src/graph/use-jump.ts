import { useCallback } from 'react';
import { useReactFlow } from '@xyflow/react';
import { cardWidth } from './flow-view.js';
import { useGraphStore } from './graph-store.js';

/** Selects a step and, where it is out of sight, moves the view to it. */
export function useJump() {
  const store = useGraphStore();
  const { setCenter, getZoom, flowToScreenPosition } = useReactFlow();
  return useCallback(
    (id: string) => {
      const node = store.getState().history.present.nodes.find((one) => one.id === id);
      store.getState().select({ nodes: new Set([id]) });
      if (!node) return;
      const [x, y] = node.position ?? [0, 0];
      const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const start = flowToScreenPosition({ x, y });
      const end = flowToScreenPosition({ x: x + cardWidth, y: y + 120 });
      const isInSight = box && start.x > box.left && end.x < box.right && start.y > box.top && end.y < box.bottom;
      if (!isInSight) void setCenter(x + cardWidth / 2, y + 60, { zoom: Math.max(getZoom(), 0.7), duration: 150 });
    },
    [store, setCenter, getZoom, flowToScreenPosition],
  );
}
