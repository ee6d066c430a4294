import { createHash } from 'node:crypto';

/**
 * Whether a contact gets the version that is released to a share of them. His place on the scale is a hash of the rule set and himself alone: it stays as the
 * share grows, so that a greater share only adds contacts, and no two rule sets try their versions on the same people.
 * @param share per cent, 0-100
 */
export function isInRelease(ruleSetId: string, contactId: string, share: number): boolean {
  const place = createHash('sha256').update(`${ruleSetId} ${contactId}`).digest().readUInt32BE(0);
  return place < (share / 100) * 2 ** 32;
}
