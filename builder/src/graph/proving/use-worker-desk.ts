import { useEffect, useState } from 'react';
import { startProvingWorker, WorkerDesk } from './worker-desk.js';

/** A desk whose worker ends with the component. */
export function useWorkerDesk(): WorkerDesk {
  const [desk] = useState(() => new WorkerDesk(startProvingWorker));
  useEffect(() => () => desk.stop(), [desk]);
  return desk;
}
