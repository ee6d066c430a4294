import { useEffect, useMemo, useState } from 'react';
import { useStoreApi } from '@xyflow/react';

/** A way to pick several things that is switched on and off. */
export interface Picking {
  isOn: boolean;
  toggle: () => void;
}

/** Picking of several things for those who have no Shift key: a drag over free ground draws the box, a tap adds a card or takes it away. */
export function usePicking(): Picking {
  const flow = useStoreApi();
  const [isOn, setOn] = useState(false);
  // React Flow knows of one switch only, and sets it back when the key for it is let go.
  useEffect(() => flow.setState({ multiSelectionActive: isOn }), [flow, isOn]);
  return useMemo(() => ({ isOn, toggle: () => setOn(!isOn) }), [isOn]);
}
