import type { GraphTest, RuleEvent } from '../../../../rules/index.js';
import type { Run } from '../../../../api/messages.js';
import type { ChatRules } from './chat.js';
import { isSamePath } from './chat-of-run.js';
import { expectationOf, withoutFreeEnd } from './expectation.js';
import type { Personal } from './find-personal.js';
import { maskEvents } from './mask-events.js';
import { playLines } from './play-tests.js';

/** A test made of a message that really came, with what is to be known before it is saved. */
export interface TestOfRun {
  test: GraphTest;
  /** The masked events lead the version that ran along the recorded path. */
  isSamePath: boolean;
  /** The draft does the same as the version that ran. */
  isSameNow: boolean;
}

/**
 * Makes a test of recorded events: people's data masked, the last line expected as the version that ran gives it on what is masked. Lines before the last
 * only lead there and stay free.
 * @param events of one conversation in order, the run's own last
 * @param then the version that ran
 * @param now the draft
 * @returns undefined while one of the two has errors
 */
export async function testOfRun(
  { run, events, personal, name }: { run: Pick<Run, 'trace'>; events: readonly RuleEvent[]; personal: readonly Personal[]; name: string },
  then: ChatRules,
  now: ChatRules,
): Promise<TestOfRun | undefined> {
  const masked = maskEvents(events, personal);
  const [before, after] = [await playLines(then, masked), await playLines(now, masked)];
  const last = before?.findLast(({ event }) => event === masked.at(-1)?.id);
  if (!before || !after || !last) return undefined;
  const expect = before.map((line) => (line === last ? expectationOf(line) : {}));
  const same = after[before.indexOf(last)];
  return {
    test: { name, events: masked.map((event) => ({ ...event })), expect: withoutFreeEnd(expect) },
    isSamePath: isSamePath(run.trace, last.trace),
    isSameNow: same !== undefined && JSON.stringify(expectationOf(same)) === JSON.stringify(expectationOf(last)),
  };
}
