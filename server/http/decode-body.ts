import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/**
 * An answer's body without its `content-encoding`, at most `longest` bytes: a few kilobytes of gzip can unpack to gigabytes. Throws when the body is
 * broken, longer, or in an encoding that we know nothing of.
 */
export async function decodeBody(body: Buffer, encoding: string | undefined, longest: number): Promise<Buffer> {
  const names = (encoding ?? '').toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity'); // oxfmt-ignore
  // Nobody honest packs twice; each layer would multiply the bomb.
  if (names.length > 1) throw new Error(`packed ${names.length} times`);
  const [name] = names;
  if (name === undefined || body.length === 0) return body;
  const unpack = unpackers.get(name);
  if (!unpack) throw new Error(`unknown content-encoding ${name.slice(0, 20)}`);
  return await unpack(body, { maxOutputLength: longest });
}

const unpackers = new Map<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);
