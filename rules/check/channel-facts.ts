import type { Claim } from '../claim.js';
import type { RuleEvent } from '../event.js';
import type { AccountDirectory } from '../finding.js';
import { networkOfKind } from '../text/networks.js';
import { compileClaim, plainField } from './field-facts.js';

type Channel = NonNullable<RuleEvent['channel']>;
type ChannelClaim = Extract<Claim, { kind: 'channel' } | { kind: 'field' }>;

/** The fields that tell channels apart; they are judged together, because a trigger takes ids and kinds alike. */
export const channelFields: ReadonlySet<string> = new Set(['channel.id', 'channel.kind', 'channel.name']);

/** More channels than this are not tried. */
const mostChannels = 3000;
const plain = new Set(['eq', 'ne', 'in', 'exists', 'empty']);

/** A channel of which all claims hold; `sure` when there is no other than those that were tried. */
export type ChannelAnswer = { channel: Channel; found: true } | { found: false; sure: boolean };

/** @param account whose channels are all there are; without it channels are supposed from the ids, kinds and names that the claims name */
export function findChannel(claims: readonly ChannelClaim[], account?: AccountDirectory): ChannelAnswer {
  const channels = account?.channels?.map(({ id, kind, name }) => ({ id, kind, name })) ?? suppose(claims);
  const tests = claims.map(compileChannelClaim);
  const tried = channels.slice(0, mostChannels);
  const channel = tried.find((one) => tests.every((test) => test(one)));
  if (channel) return { channel, found: true };
  const isExact = account?.channels !== undefined || claims.every((claim) => claim.kind === 'channel' || plain.has(claim.is.op));
  return { found: false, sure: isExact && tried.length === channels.length };
}

function compileChannelClaim(claim: ChannelClaim): (channel: Channel) => boolean {
  if (claim.kind === 'field') {
    const test = compileClaim(claim);
    return (channel) => test({ type: 'message-received', id: '', at: '', channel });
  }
  const places = new Set(claim.among);
  return ({ id = '', kind = '' }) => (places.has(id) || places.has(kind)) === claim.holds;
}

/** What people call a network's channels: an id that begins so is taken to be a channel of that network. */
const abbreviations: Record<string, string> = { tg: 'telegram', wa: 'whatsapp', ig: 'instagram', insta: 'instagram' };

/** The kind that an id hints at: `tg-shop` is of Telegram. */
function hintedKind(id: string): string | undefined {
  const [start = ''] = id.toLowerCase().split(/[^a-z]/);
  return networkOfKind(abbreviations[start] ?? start)?.kind;
}

/** Channels with all mixtures of what is named. The name of a network is taken for a kind and never for an id. */
function suppose(claims: readonly ChannelClaim[]): Channel[] {
  const [ids, kinds, names] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const claim of claims) {
    const values = claim.kind === 'channel' ? claim.among : [claim.is.value].flat().map(String);
    const field = claim.kind === 'channel' ? 'either' : plainField(claim.is.field);
    for (const value of values) {
      if (field === 'channel.name') names.add(value);
      else if (field === 'channel.kind') kinds.add(value);
      else if (field === 'channel.id') ids.add(value);
      else {
        kinds.add(value);
        if (networkOfKind(value)?.kind !== value) ids.add(value);
      }
    }
  }
  const found: Channel[] = [{}];
  for (const name of [undefined, ...names]) {
    for (const id of [...ids, 'канал']) {
      const hint = hintedKind(id);
      const possible =
        hint === undefined ? [...kinds, 'telegram', 'другой'] : [hint, ...[...kinds].filter((kind) => networkOfKind(kind)?.kind === hint)];
      for (const kind of new Set(possible)) {
        found.push({ id, kind, ...(name !== undefined && { name }) });
      }
      if (found.length > mostChannels) return found;
    }
  }
  return found;
}
