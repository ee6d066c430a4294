import { createContext } from 'react';

/** What all cards of a canvas share. Not asked of the store by each of them: 500 cards would ask at every move of a drag. */
export interface CanvasView {
  /** Seen from so far that cards are plain blocks. */
  isFar: boolean;
  canConnect: boolean;
  /** The graph's; undefined means the default. */
  timezone: string | undefined;
}

export const CanvasContext = createContext<CanvasView>({ isFar: false, canConnect: false, timezone: undefined });
