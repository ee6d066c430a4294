import { releaseMetrics, type Release, type ReleaseFigures } from '../../../../api/releases.js';
import type { Shadow } from '../../../../api/shadows.js';
import { partOf, spellShare } from './part-of.js';
import { trialsOf } from './trials-of.js';

const shadow = (id: string, startedAt: string, status: Shadow['status'] = 'stopped'): Shadow => ({
  id,
  version: 2,
  baseVersion: 1,
  status,
  author: 'Анна',
  startedAt,
  endsAt: startedAt,
  endedAt: null,
  endedBy: null,
  events: 0,
  mostEvents: 10,
});
const release = (id: string, startedAt: string, status: Release['status'] = 'returned'): Release => ({
  id,
  version: 2,
  baseVersion: 1,
  share: 10,
  status,
  limits: { least: 30, above: {} },
  reason: null,
  figures: null,
  history: [],
  author: 'Анна',
  startedAt,
  endedAt: null,
});

it('puts what is under way first, then the newest', () => {
  const trials = trialsOf(
    [shadow('old', '2026-03-01'), shadow('newest', '2026-03-05')],
    [release('now', '2026-03-02', 'active'), release('between', '2026-03-03')],
  );
  expect(trials.map(({ of }) => of.id)).toEqual(['now', 'newest', 'between', 'old']);
});

it('takes each share of what it is a part of', () => {
  const figures: ReleaseFigures = {
    contacts: 1,
    errors: 2,
    runs: 20,
    failures: 3,
    replies: 30,
    badScores: 4,
    scores: 40,
    silent: 5,
    answered: 50,
    handed: 6,
    conversations: 60,
  };
  expect(releaseMetrics.map((metric) => partOf(metric, figures))).toEqual([2, 3, 4, 5, 6].map((count) => ({ count, of: count * 10 })));
  expect(spellShare({ count: 1, of: 8 }, 'en')).toBe('12.5%');
  expect(spellShare({ count: 0, of: 0 }, 'ru')).toBe('–');
});
