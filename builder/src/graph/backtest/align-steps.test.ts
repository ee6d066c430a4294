import { alignSteps } from './align-steps.js';

/** Steps written as `node.port`, those of another rule set as `name/node.port`. */
function steps(words: string) {
  return words
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, ruleSet, node = '', port = ''] = /^(?:(.+)\/)?(.+)\.(.+)$/.exec(word) ?? [];
      return { ...(ruleSet !== undefined && { ruleSet }), node, port, title: { ru: node, en: node }, exit: null, reason: null };
    });
}

const rows = (old: string, now: string) =>
  alignSteps(steps(old), steps(now)).map((row) => `${row.old?.node ?? '-'}${row.isSame ? '=' : '|'}${row.new?.node ?? '-'}`);

it.each([
  ['', '', []],
  ['a.x b.y', 'a.x b.y', ['a=a', 'b=b']],
  ['a.x b.y', 'a.x b.z', ['a=a', 'b|b']],
  ['a.x b.y c.n d.n', 'a.x b.z', ['a=a', 'b|b', 'c|-', 'd|-']],
  ['a.x c.n', 'a.x b.n c.n', ['a=a', '-|b', 'c=c']],
  ['a.x a.x', 'a.x', ['a=a', 'a|-']],
  ['a.x', 'Второй/a.x', ['a|a']],
  ['', 'a.x', ['-|a']],
])('%s beside %s', (old, now, expected) => {
  expect(rows(old, now)).toEqual(expected);
});
