import { useEffect, useRef, type PointerEvent } from 'react';

/** How long a finger rests before it means what a right click means, in milliseconds; how far it may slip, in pixels. */
const rest = { time: 500, slip: 10 };

type Point = { x: number; y: number };

/** Handlers that tell when a finger rests on one place. A second finger, a slip or letting go is no long press. */
export function useLongPress(onLongPress: (point: Point, target: Element) => void) {
  const latest = useRef(onLongPress);
  const pending = useRef<{ timer: number; start: Point }>(undefined);
  useEffect(() => {
    latest.current = onLongPress;
  });
  const stop = () => {
    window.clearTimeout(pending.current?.timer);
    pending.current = undefined;
  };
  useEffect(() => () => window.clearTimeout(pending.current?.timer), []);
  return {
    onPointerDownCapture: (event: PointerEvent) => {
      stop();
      const { target } = event;
      if (event.pointerType !== 'touch' || !event.isPrimary || !(target instanceof Element)) return;
      const start = { x: event.clientX, y: event.clientY };
      const timer = window.setTimeout(() => {
        stop();
        latest.current(start, target);
      }, rest.time);
      pending.current = { timer, start };
    },
    onPointerMoveCapture: ({ clientX, clientY }: PointerEvent) => {
      const start = pending.current?.start;
      if (start && Math.hypot(clientX - start.x, clientY - start.y) > rest.slip) stop();
    },
    onPointerUpCapture: stop,
    onPointerCancelCapture: stop,
  };
}
