/**
 * A body made bad, always the same for the same `seed`: bytes turned, cut or doubled, the encoding changed, or, in a JSON body, one value replaced by
 * what a hostile or broken sender puts there.
 */
export function mutate(body: Buffer, seed: number): Buffer {
  const draw = drawing(seed);
  const kind = draw(10);
  if (kind < 7) return replaceValue(body, draw);
  if (kind < 9) return turnBytes(body, draw);
  return recode(body, draw);
}

/** Written into the JSON text as they are, since some exist only as text. */
const hostile = [
  'null', 'true', '0', '-1', '1.5', '1e400', '-1e400', '9007199254740993', '123456789012345678901234567890', '""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00x"',
  '"\\u202e"', '"2026-02-30T00:00:00Z"', '"0000-00-00"', '"+292278994-08-17T00:00:00Z"', '"NaN"', '"javascript:alert(1)"', '[]', '{}', '[null]', '[[]]', '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}', '{"a":1,"a":2}', '"__proto__"', '"constructor"', '"toString"', `"${'я'.repeat(100_000)}"`, `${'['.repeat(500)}${']'.repeat(500)}`,
]; // oxfmt-ignore

type Draw = (below: number) => number;

/** Values stand after a colon, or after a bracket or comma inside a list; a mutation may break the JSON, which is a case too. */
function replaceValue(body: Buffer, draw: Draw): Buffer {
  const text = body.toString();
  const values = [...text.matchAll(/(?<=:\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\{|\[)/g)];
  const value = values[draw(values.length)];
  if (!value) return turnBytes(body, draw);
  const end = value.index + lengthOf(text, value.index, value[0]);
  const changed = text.slice(0, value.index) + (hostile[draw(hostile.length)] ?? 'null') + text.slice(end);
  return Buffer.from(changed);
}

/** A nested value goes as a whole. Brackets inside texts may mislead it: then the result is no JSON. */
function lengthOf(text: string, start: number, first: string): number {
  if (first !== '{' && first !== '[') return first.length;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if ('{['.includes(text[at] ?? '')) depth++;
    else if ('}]'.includes(text[at] ?? '') && --depth === 0) return at + 1 - start;
  }
  return 1;
}

function turnBytes(body: Buffer, draw: Draw): Buffer {
  if (body.length === 0) return Buffer.from([draw(256)]);
  const at = draw(body.length);
  const changed = Buffer.from(body);
  switch (draw(5)) {
    case 0:
      changed[at] = draw(256);
      return changed;
    case 1:
      return changed.subarray(0, at);
    case 2:
      return changed.subarray(at);
    case 3:
      return Buffer.concat([changed, changed]);
    default:
      return Buffer.concat([changed.subarray(0, at), Buffer.from([0xff, 0xfe, 0x00]), changed.subarray(at)]);
  }
}

function recode(body: Buffer, draw: Draw): Buffer {
  switch (draw(6)) {
    case 0:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    case 1:
      return Buffer.from(body.toString(), 'utf16le');
    case 2:
      return Buffer.concat([Buffer.from(`[${body.toString()}]`)]);
    case 3:
      return Buffer.from('['.repeat(100_000) + ']'.repeat(100_000));
    case 4:
      return Buffer.alloc(0);
    default:
      return Buffer.from(JSON.stringify(body.toString()));
  }
}

/** mulberry32: small, and the same on every machine. */
function drawing(seed: number): Draw {
  let state = (seed + 1) * 0x6d2b79f5;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
