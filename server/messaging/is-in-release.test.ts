import { isInRelease } from './is-in-release.js';

const contacts = Array.from({ length: 20_000 }, (_, n) => `contact-${n}`);
const inShare = (share: number, ruleSet = 'rules') => new Set(contacts.filter((contact) => isInRelease(ruleSet, contact, share)));

it.each([1, 10, 50, 99])('takes %d %% of the contacts', (share) => {
  expect(Math.abs(inShare(share).size / contacts.length - share / 100)).toBeLessThan(0.01);
});

it('takes nobody at 0 and everybody at 100', () => {
  expect([inShare(0).size, inShare(100).size]).toEqual([0, contacts.length]);
});

it('only adds contacts as the share grows', () => {
  const few = inShare(10);
  const more = inShare(25);
  expect([...few].filter((contact) => !more.has(contact))).toEqual([]);
  expect(more.size).toBeGreaterThan(few.size);
});

it('takes other contacts in another rule set', () => {
  const here = inShare(50);
  const both = [...inShare(50, 'others')].filter((contact) => here.has(contact)).length;
  expect(Math.abs(both / contacts.length - 0.25)).toBeLessThan(0.02);
});
