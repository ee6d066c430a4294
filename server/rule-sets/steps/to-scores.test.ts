import { toScores } from './to-scores.js';

it('gives the average, and for 0-10 promoters less detractors in per cent; passives count for neither', () => {
  const counted = [
    { name: '0-10 10', times: 3 },
    { name: '0-10 9', times: 1 },
    { name: '0-10 8', times: 4 },
    { name: '0-10 6', times: 2 },
  ];
  expect(toScores(counted)).toEqual([{ scale: '0-10', count: 10, average: 8.3, nps: 20 }]);
});

it('keeps scales apart; the others have no such share', () => {
  const counted = [
    { name: '1-5 5', times: 2 },
    { name: '0-1 0', times: 1 },
    { name: '1-5 2', times: 1 },
  ];
  expect(toScores(counted)).toEqual([
    { scale: '1-5', count: 3, average: 4, nps: null },
    { scale: '0-1', count: 1, average: 0, nps: null },
  ]);
});

it('is empty where nobody answered', () => expect(toScores([])).toEqual([]));
