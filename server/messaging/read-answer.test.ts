import { readAnswer } from './read-answer.js';

const json = (text: string) => readAnswer(Buffer.from(text), 'application/json; charset=utf-8');

describe('the answer of a foreign program', () => {
  it('is JSON as values, and text where it is no JSON', () => {
    expect(json('{"order": {"state": "в пути", "sum": 12.5}}')).toEqual({ order: { state: 'в пути', sum: 12.5 } });
    expect(json('{"order": ')).toBe('{"order": ');
    expect(readAnswer(Buffer.from('{"a": 1}'), 'text/plain')).toBe('{"a": 1}');
    expect(readAnswer(Buffer.from('да'))).toBe('да');
  });

  it('loses what PostgreSQL cannot store, in names as in values, however it is spelled', () => {
    const stored = JSON.stringify(json('{"a\\u0000b": ["x\\u0000y", "\\ud83d", "\\ud83d\\ude42"]}'));
    expect(stored).toBe(JSON.stringify({ ab: ['xy', '\ufffd', '🙂'] }));
    expect(readAnswer(Buffer.from('a\0b'))).toBe('ab');
  });

  it('stays text where it is too deep to look into', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(json(deep)).toBe(deep);
  });
});
