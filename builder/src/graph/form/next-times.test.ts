import { nodeTypes } from '../../../../rules/index.js';
import { nextTimes } from './next-times.js';

const nodeType = nodeTypes.get('on-schedule')!;
const after = Date.parse('2026-03-06T12:00:00Z');

it('tells the next times on the clock of the step, else of the graph', () => {
  const graph = { nodeType, settings: { cron: '0 9 * * 1-5' }, timezone: 'Europe/Moscow' };
  expect(nextTimes(graph, { after, count: 2, language: 'ru' })).toEqual(['пн, 9 марта в 09:00', 'вт, 10 марта в 09:00']);
  const own = { ...graph, settings: { cron: '30 0 9 * * 1', timezone: 'Asia/Kamchatka' } };
  expect(nextTimes(own, { after, count: 1, language: 'en' })).toEqual([expect.stringMatching(/^Mon.* 9 March.* 09:00:30$/)]);
});

it('tells none while the line is no schedule, nor of one that never comes', () => {
  for (const cron of ['0 9', '0 9 30 2 *', undefined]) {
    expect(nextTimes({ nodeType, settings: { cron }, timezone: 'UTC' }, { after, count: 5, language: 'ru' })).toEqual([]);
  }
});
