import { expect, test } from '@jest/globals';
import { RateGate, subscriberOf } from './rate-gate.js';

test('lets a burst through and then one at a time', () => {
  let now = 1_000_000;
  const gate = new RateGate({ everyMs: 1_000, burst: 3 }, () => now);
  expect([1, 2, 3, 4].map(() => gate.take('a'))).toEqual([0, 0, 0, 1_000]);
  expect(gate.take('b')).toBe(0);
  now += 999;
  expect(gate.take('a')).toBe(1);
  now += 1;
  expect([gate.take('a'), gate.take('a')]).toEqual([0, 1_000]);
  now += 60_000;
  expect([1, 2, 3, 4].map(() => gate.take('a'))).toEqual([0, 0, 0, 1_000]);
});

test('forgets the key that came longest ago, not one that keeps coming', () => {
  const gate = new RateGate({ everyMs: 1_000, burst: 2 }, () => 0, 2);
  for (const key of ['old', 'busy', 'busy', 'new']) gate.take(key);
  expect([gate.take('busy'), gate.take('old')]).toEqual([1_000, 0]);
});

test('an IPv6 subscriber is his network', () => {
  expect(['203.0.113.7', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', '2001:db8::1', '::1', '::ffff:10.0.0.1'].map(subscriberOf)).toEqual([
    '203.0.113.7',
    '2001:db8:1:2',
    '2001:db8:1:2',
    '2001:db8:0:0',
    '0:0:0:0',
    '::ffff:10.0.0.1',
  ]);
});
