import { mostKills, StoppedAccounts } from './stopped-accounts.js';

const minute = 60_000;

it('stops an account at the tenth, says so once, and lets it go on ten minutes later', () => {
  const accounts = new StoppedAccounts();
  const told = Array.from({ length: mostKills + 2 }, (_, second) => accounts.count('a', second * 1000));
  expect(told.flatMap((isNew, index) => (isNew ? [index + 1] : []))).toEqual([mostKills]);
  expect(accounts.isStopped('a', 11_000)).toBe(true);
  expect(accounts.isStopped('a', 11_000 + 10 * minute - 1)).toBe(true);
  expect(accounts.isStopped('a', 11_000 + 10 * minute)).toBe(false);
  expect(accounts.isStopped('b', 11_000)).toBe(false);
  // It begins anew.
  expect(accounts.count('a', 11 * minute)).toBe(false);
  expect(accounts.isStopped('a', 11 * minute)).toBe(false);
});

it('forgets single ones', () => {
  const accounts = new StoppedAccounts();
  for (let number = 0; number < 50; number++) {
    expect(accounts.count('a', number * 2 * minute)).toBe(false);
    expect(accounts.isStopped('a', number * 2 * minute)).toBe(false);
  }
});
