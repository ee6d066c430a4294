/**
 * A 32-bit hash of texts, the source of every choice that looks random: the same texts give the same number on every machine.
 * FNV-1a over UTF-16 units with a final avalanche, so that neighbouring ids do not give neighbouring numbers. Not for secrets.
 */
export function hashTexts(...texts: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    // A separator that no text holds keeps ('ab', 'c') and ('a', 'bc') apart.
    hash = Math.imul(hash ^ 0x1ffff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
