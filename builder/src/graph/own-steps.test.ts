import { ownSteps } from './own-steps.js';

it('leaves out the steps of rule sets that were called, whether the own ones are named or not', () => {
  const trace = [{ node: 'in' }, { node: 'in', ruleSet: 'Ответы' }, { node: 'ask', ruleSet: 'Опрос' }];
  expect(ownSteps(trace, { name: 'Опрос' })).toEqual([{ node: 'in' }, { node: 'ask', ruleSet: 'Опрос' }]);
});
