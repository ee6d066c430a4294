/** A small seeded generator (mulberry32), so that a failing run can be repeated. Gives numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the ways in which a body can be wrong, applied to a good one. */
export function mutate(good: Buffer, random: () => number): Buffer {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const text = good.toString('utf8');
  const anywhere = Math.floor(random() * text.length);
  return pick<() => Buffer>([
    () => Buffer.from(text.slice(0, anywhere)),
    () => Buffer.from(`${text.slice(0, anywhere)}${pick(['"', '{', ']', '\0', '\\', ',', 'е'])}${text.slice(anywhere)}`),
    () => flipByte(good, random),
    () =>
      Buffer.from(
        replaceValue(
          text,
          random,
          pick([
            'null',
            '""',
            '[]',
            '{}',
            '-1',
            '1e400',
            '9007199254740993',
            '"\\u0000"',
            '"\\ud800"',
            'true',
            '[[[[]]]]',
            '"__proto__"',
            JSON.stringify('я'.repeat(20_000)),
          ]),
        ),
      ),
    () =>
      Buffer.from(
        text.replace(
          /"(\w+)":/,
          (whole) => `${pick(['"__proto__":{"polluted":1},', '"constructor":{"prototype":{}},', whole + '1,'])}${whole}`,
        ),
      ),
    () => Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good]),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(pick(['', '[]', 'null', '0', '"text"', '{}', '{"update_id":1}', '[1,2', '\0\0\0\0'])),
    () => Buffer.from(text.replace(/"[^"]*[а-яА-Яa-z][^"]*"(?=[,}])/, '"a\\u0000b\\udc00"')),
  ])();
}

function flipByte(good: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(good);
  const at = Math.floor(random() * copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  return copy;
}

/** Puts something else in the place of one of the body's values. */
function replaceValue(text: string, random: () => number, other: string): string {
  const places = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/g)];
  const place = places[Math.floor(random() * places.length)];
  if (!place?.[1]) return other;
  const start = place.index + place[0].length - place[1].length;
  return `${text.slice(0, start)}${other}${text.slice(start + place[1].length)}`;
}
