import type { ReleaseFigures } from '../../../api/releases.js';
import { judgeRelease } from './judge-release.js';

const none: ReleaseFigures = {
  contacts: 0,
  runs: 0,
  errors: 0,
  replies: 0,
  failures: 0,
  scores: 0,
  badScores: 0,
  answered: 0,
  silent: 0,
  conversations: 0,
  handed: 0,
};
const judge = (
  old: Partial<ReleaseFigures>,
  now: Partial<ReleaseFigures>,
  above: Parameters<typeof judgeRelease>[1]['above'],
  least = 30,
) => judgeRelease({ old: { ...none, ...old }, new: { ...none, ...now } }, { least, above });

it.each([
  ['errors', { runs: 100, errors: 1 }, { runs: 100, errors: 7 }],
  ['failures', { replies: 100, failures: 1 }, { replies: 100, failures: 7 }],
  ['bad-scores', { scores: 100, badScores: 1 }, { scores: 100, badScores: 7 }],
  ['silent', { answered: 100, silent: 1 }, { answered: 100, silent: 7 }],
  ['handed', { conversations: 100, handed: 1 }, { conversations: 100, handed: 7 }],
] as const)('returns for %s when they are more by more points than allowed', (metric, old, now) => {
  expect(judge(old, now, { [metric]: 5 })).toEqual({
    metric,
    above: 5,
    old: { count: 1, of: 100 },
    new: { count: 7, of: 100 },
  });
  expect(judge(old, now, { [metric]: 6 })).toBeUndefined();
  expect(judge(old, now, {})).toBeUndefined();
});

it('goes by shares, not by numbers', () => {
  expect(judge({ runs: 30, errors: 3 }, { runs: 3000, errors: 300 }, { errors: 1 })).toBeUndefined();
});

it('judges nothing by too few cases', () => {
  expect(judge({ runs: 1000 }, { runs: 29, errors: 29 }, { errors: 5 })).toBeUndefined();
  expect(judge({ runs: 1000 }, { runs: 30, errors: 30 }, { errors: 5 })).toMatchObject({ metric: 'errors' });
});

it('judges errors and failures without a like, and nothing else', () => {
  expect(judge({ runs: 29, errors: 29 }, { runs: 100, errors: 6 }, { errors: 5 })).toMatchObject({
    metric: 'errors',
    new: { count: 6, of: 100 },
  });
  expect(judge({}, { replies: 100, failures: 6 }, { failures: 5 })).toMatchObject({ metric: 'failures' });
  expect(judge({ scores: 29 }, { scores: 100, badScores: 100 }, { 'bad-scores': 5 })).toBeUndefined();
  expect(judge({}, { answered: 100, silent: 100 }, { silent: 5 })).toBeUndefined();
});

it('names the limit that was passed by most', () => {
  const old = { runs: 100, replies: 100 };
  expect(judge(old, { runs: 100, errors: 10, replies: 100, failures: 30 }, { errors: 5, failures: 10 })).toMatchObject({
    metric: 'failures',
  });
  expect(judge(old, { runs: 100, errors: 40, replies: 100, failures: 30 }, { errors: 5, failures: 10 })).toMatchObject({
    metric: 'errors',
  });
});
