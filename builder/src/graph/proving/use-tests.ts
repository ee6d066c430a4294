import { useEffect, useState } from 'react';
import type { ChatRules } from './chat.js';
import type { TestsPlayed } from './play-tests.js';
import { useWorkerDesk } from './use-worker-desk.js';

/** The tests of the graph as they went the last time. */
export interface TestsRun {
  /** `broken`: the graph has errors, so nothing can be run; `failed`: the run itself did not end well. */
  state: 'running' | 'done' | 'broken' | 'failed';
  /** Of the newest graph that was run; stays while the next runs. */
  played: TestsPlayed | undefined;
  problem?: string;
}

/** From the last change to the run, in milliseconds. */
const quiet = 300;
/** A run that takes longer is ended: some step works without end. */
const patience = 20_000;

/** Runs all tests of the graph in a worker after each change. */
export function useTests(rules: ChatRules): TestsRun {
  const desk = useWorkerDesk();
  const [run, setRun] = useState<TestsRun>({ state: 'running', played: undefined });
  useEffect(() => {
    let current = true;
    let limit: number | undefined;
    const timer = window.setTimeout(() => {
      setRun((before) => ({ state: 'running', played: before.played }));
      limit = window.setTimeout(() => desk.stop(), patience);
      desk.ask<'tests'>({ kind: 'tests', rules }).then(
        (played) => {
          window.clearTimeout(limit);
          if (current) setRun(played ? { state: 'done', played } : { state: 'broken', played: undefined });
        },
        (problem: Error) => current && setRun({ state: 'failed', played: undefined, problem: problem.message }),
      );
    }, quiet);
    return () => {
      current = false;
      window.clearTimeout(timer);
      window.clearTimeout(limit);
    };
  }, [desk, rules]);
  return run;
}
