import { fitValue, newComparison, parseCondition, toCondition, withoutPart, withPart } from './condition-tree.js';

const contains = { field: 'message.text', op: 'contains', value: 'цена' };
const isPrivate = { field: 'chat.type', op: 'eq', value: 'private' };

describe('the condition builder', () => {
  it.each([
    contains,
    { all: [contains, { any: [isPrivate, { not: contains }] }] },
    { not: { all: [contains, isPrivate] } },
    { field: 'deal.id', op: 'exists' },
    { field: 'channel.kind', op: 'in', value: ['vk', 'telegram'] },
  ])('gives back what it read: %j', (stored) => {
    const tree = parseCondition(stored);
    expect(tree && toCondition(tree)).toEqual(stored);
  });

  it.each([undefined, 'message.text = "да"', [], {}])('draws nothing for %j', (stored) => {
    expect(parseCondition(stored)).toBeUndefined();
  });

  it('takes two denials away', () => {
    const tree = parseCondition({ not: { not: contains } });
    expect(tree && toCondition(tree)).toEqual(contains);
  });

  it('makes a group of two, and a single one of two again', () => {
    const two = withPart(parseCondition(contains)!, newComparison);
    expect(toCondition(two)).toEqual({ all: [contains, { ...contains, value: '' }] });
    const one = withoutPart(two, 1);
    expect(one && toCondition(one)).toEqual(contains);
    expect(withoutPart({ kind: 'group', negated: false, join: 'any', parts: [newComparison] }, 0)).toBeUndefined();
  });

  it('keeps what it can of a value when the comparison changes', () => {
    expect(fitValue('vk', 'in')).toEqual(['vk']);
    expect(fitValue(['vk', 'avito'], 'eq')).toBe('vk');
    expect(fitValue('5', 'gt')).toBe(5);
    expect(fitValue('много', 'gt')).toBe(0);
    expect(fitValue('x', 'empty')).toBeUndefined();
  });
});
