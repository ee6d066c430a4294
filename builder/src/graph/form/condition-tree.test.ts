import { fitValue, newComparison, parseCondition, toCondition, withField, withoutPart, withPart } from './condition-tree.js';

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

  it('keeps yes and no as they are', () => {
    expect(fitValue(false, 'ne')).toBe(false);
    expect(fitValue([true], 'eq')).toBe(true);
  });

  it.each([
    ['another written field keeps the value', 'contact.name', { had: false, has: false }, 'contains', 'цена'],
    ['a field with a list of values begins anew', 'message.kind', { had: false, has: true }, 'eq', ''],
    ['a written field after a list does too', 'message.text', { had: true, has: false }, 'eq', ''],
  ])('%s', (_, field, lists, op, value) => {
    const from = {
      kind: 'compare',
      negated: true,
      field: lists.had ? 'deal.stage' : 'message.text',
      op: lists.had ? 'eq' : 'contains',
      value: 'цена',
    } as const;
    expect(withField(from, field, lists)).toEqual({ kind: 'compare', negated: true, field, op, value });
  });

  it('begins a list anew as a list', () => {
    const from = { kind: 'compare', negated: false, field: 'channel.kind', op: 'in', value: ['vk'] } as const;
    expect(withField(from, 'deal.stage', { had: true, has: true })).toMatchObject({ op: 'in', value: [] });
  });
});
