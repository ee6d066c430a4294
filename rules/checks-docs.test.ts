import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from './codes.js';

const folder = join(process.cwd(), 'rules');
const docs = readFileSync(join(process.cwd(), 'docs/checks.md'), 'utf8');
const documented = [...docs.matchAll(/^### (\S+)\n(error|warning)\n\n(.+)\n(.+)/gm)].map(([, code, severity, ru, en]) => ({
  code,
  severity,
  ru,
  en,
}));

/** The codes that node types and the helpers beside them bring, as their sources spell them. */
function codesInSources(): string[] {
  const files = ['nodes', 'settings', 'text', 'time', 'conditions'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, part, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => readFileSync(file, 'utf8'));
  return sources
    .flatMap((source) => [...source.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code = '']) => code))
    .filter((code) => code !== 'custom');
}

it('explains every code that check can find, and no other', () => {
  const known = new Set([...Object.keys(codes), ...codesInSources()]);
  expect(new Set(documented.map(({ code }) => code))).toEqual(known);
  expect(documented).toHaveLength(known.size);
});

it('says of each what it is, in both languages, and how to mend it', () => {
  for (const { code, severity, ru, en } of documented) {
    expect({ code, ru }).toMatchObject({ ru: expect.stringMatching(/[а-я].+\*\*Как исправить\.\*\* ./) });
    expect({ code, en }).toMatchObject({ en: expect.stringMatching(/[a-z].+\*\*How to mend it\.\*\* ./) });
    const own = Object.entries(codes).find(([name]) => name === code)?.[1];
    if (own) expect({ code, severity }).toEqual({ code, severity: own.severity });
  }
});
