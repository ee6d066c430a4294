// The order in which Jest starts files of tests: those that take longest first, so that at the end no worker waits for another's long one.
import Sequencer from '@jest/test-sequencer';

const longest = [
  'kill-random',
  'kill-points',
  'surroundings',
  'waits',
  'poison',
  'format',
  'telegram-desk',
  'backtests',
  'push-pull',
  'cli',
  'replay',
  'samples',
];

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = longest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
      return index < 0 ? longest.length : index;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
