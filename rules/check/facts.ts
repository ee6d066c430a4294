import type { Claim, Claims } from '../claim.js';
import { eventTypes, type RuleEvent } from '../event.js';
import type { AccountDirectory } from '../finding.js';
import { formatInstant } from '../time/instant.js';
import { channelFields, findChannel } from './channel-facts.js';
import { compileClaim, findFieldValue, plainField, withField } from './field-facts.js';
import type { Instants } from './hours-facts.js';
import type { WordLists } from './word-facts.js';

/** A claim with the node that made it. */
export interface Known {
  claim: Exclude<Claim, { kind: 'anew' }>;
  key: string;
  node: string;
}

/** What is certain of an event at one place, by what it is about: the groups can be judged one by one. */
export type Facts = ReadonlyMap<string, readonly Known[]>;

export const noFacts: Facts = new Map();

/** Judges what is certain of an event: whether there can be one, and what it looks like. One for each check: it remembers. */
export class Reasoning {
  private readonly answers = new Map<string, boolean>();
  private readonly known = new WeakMap<Claim, Read>();
  private readonly numbers = new Map<string, number>();
  private readonly words: WordLists;
  private readonly instants: Instants;
  private readonly account: AccountDirectory | undefined;

  constructor(words: WordLists, instants: Instants, account?: AccountDirectory) {
    this.words = words;
    this.instants = instants;
    this.account = account;
  }

  /** The facts of each way in which the claims of a node can hold as well; none when they cannot. */
  add(facts: Facts, claims: Claims, node: string): Facts[] {
    return claims.flatMap((way) => this.addWay(facts, way, node) ?? []);
  }

  /** Both at once; undefined when they cannot be. */
  merge(one: Facts, other: Facts): Facts | undefined {
    const merged = new Map(one);
    for (const [group, known] of other) {
      const joined = join(merged.get(group) ?? [], known);
      if (!this.isPossible(group, joined)) return undefined;
      merged.set(group, joined);
    }
    return merged;
  }

  /** Which of the nodes whose claims are among the facts rule these claims out: one if that is enough, else all of the same matter. */
  causes(facts: Facts, claims: Claims, node: string): string[] {
    const found = new Set<string>();
    for (const way of claims) {
      if (!this.addWay(noFacts, way, node)) continue;
      const group = [...facts].find(([name, known]) => !this.addWay(new Map([[name, known]]), way, node));
      if (!group) continue;
      const [name, known] = group;
      const single = known.find((one) => !this.addWay(new Map([[name, [one]]]), way, node));
      for (const one of single ? [single] : known) found.add(one.node);
    }
    return [...found].filter((id) => id !== node);
  }

  /** Whether nothing but the account's channels stands in the way of these claims: with another channel they could hold. */
  lacksChannel(claims: Claims): boolean {
    if (!this.account?.channels || claims.some((way) => this.addWay(noFacts, way, ''))) return false;
    const anywhere = new Reasoning(this.words, this.instants);
    return claims.some((way) => anywhere.addWay(noFacts, way, ''));
  }

  /** An event of which the facts hold, as far as one can be built; to be verified by running it. */
  toEvent(facts: Facts): RuleEvent {
    let event: RuleEvent = { type: 'message-received', id: 'witness', at: '2026-03-02T09:00:00Z' };
    for (const [group, known] of facts) {
      if (group === 'types') event.type = this.typesOf(known)[0] ?? event.type;
      else if (group === 'channel') {
        const answer = findChannel(
          known.flatMap(({ claim }) => (claim.kind === 'channel' || claim.kind === 'field' ? [claim] : [])),
          this.account,
        );
        if (answer.found && Object.keys(answer.channel).length > 0) event.channel = { ...event.channel, ...answer.channel };
      } else if (group === 'hours') {
        const at = this.instants.find(known.flatMap(({ claim }) => (claim.kind === 'hours' ? [claim] : [])));
        if (at !== undefined) event.at = formatInstant(at);
      } else if (group === textGroup) event = withField(event, 'message.text', this.findText(known));
      else if (group.startsWith('field ')) {
        const field = group.slice('field '.length);
        const claims = known.flatMap(({ claim }) => (claim.kind === 'field' ? [claim] : []));
        const answer = findFieldValue(field, claims);
        if (answer.found) event = withField(event, field, answer.value);
      } else {
        for (const { claim } of known) {
          if ((claim.kind === 'listed' || claim.kind === 'other') && claim.holds) event = mergeEvents(event, claim.example ?? {});
        }
      }
    }
    if ((event.type === 'message-received' || event.type === 'message-sent') && event.message?.text === undefined) {
      event = withField(event, 'message.text', 'Здравствуйте');
    }
    return { ...event, contact: { id: '1', ...event.contact } };
  }

  private addWay(facts: Facts, way: readonly Claim[], node: string): Facts | undefined {
    const added = new Map(facts);
    for (const claim of way) {
      if (claim.kind === 'anew') {
        if (claim.what === 'event') added.clear();
        else added.delete('hours');
        continue;
      }
      const { group, key } = this.read(claim);
      const before = added.get(group) ?? [];
      const known = join(before, [{ claim, key, node }]);
      if (known === before) continue;
      if (!this.isPossible(group, known)) return undefined;
      added.set(group, known);
    }
    return added;
  }

  /** What a claim is about, and what stands for it in comparisons: short, because there are very many. */
  private read(claim: Known['claim']): Read {
    let read = this.known.get(claim);
    if (!read) {
      const opposite = claim.kind === 'types' ? '' : this.numberOf({ ...claim, holds: !claim.holds });
      read = { group: groupOf(claim), key: this.numberOf(claim), opposite };
      this.known.set(claim, read);
    }
    return read;
  }

  private numberOf(claim: Known['claim']): string {
    const text = keyOf(claim);
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return String(number);
  }

  private isPossible(group: string, known: readonly Known[]): boolean {
    const key = `${group}\n${known.map((one) => one.key).join(' ')}`;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      answer = this.judge(group, known);
      this.answers.set(key, answer);
    }
    return answer;
  }

  private judge(group: string, known: readonly Known[]): boolean {
    if (known.some(({ claim }) => this.isContradicted(claim, known))) return false;
    if (group === 'types') return this.typesOf(known).length > 0;
    if (group === 'hours') return this.instants.isPossible(known.flatMap(({ claim }) => (claim.kind === 'hours' ? [claim] : [])));
    const fields = known.flatMap(({ claim }) => (claim.kind === 'field' ? [claim] : []));
    if (group === 'channel') {
      const answer = findChannel(
        known.flatMap(({ claim }) => (claim.kind === 'channel' || claim.kind === 'field' ? [claim] : [])),
        this.account,
      );
      return answer.found || !answer.sure;
    }
    const words = wordsOf(known);
    if (!this.words.isPossible(words)) return false;
    if (fields.length === 0) return true;
    const accept = group === textGroup ? (value: unknown) => this.words.accept(typeof value === 'string' ? value : '', words) : undefined;
    const answer = findFieldValue(group.slice('field '.length), fields, accept);
    // With words as well the few texts that comparisons name stand for all texts only where one of them is demanded.
    const isOpen =
      words.matched.length + words.missed.length > 0 && !fields.some(({ is, holds }) => holds && (is.op === 'eq' || is.op === 'in'));
    return answer.found || !answer.sure || isOpen;
  }

  /** Whether the very opposite is known, or for lists what leaves nobody. */
  private isContradicted(claim: Known['claim'], known: readonly Known[]): boolean {
    if (claim.kind === 'types' || !claim.holds) return false;
    if (claim.kind === 'listed') {
      const names = new Set(known.flatMap(({ claim: other }) => (other.kind === 'listed' && !other.holds ? other.list.map(spell) : [])));
      return claim.list.every((name) => names.has(spell(name)));
    }
    const { opposite } = this.read(claim);
    return known.some(({ key }) => key === opposite);
  }

  private typesOf(known: readonly Known[]): RuleEvent['type'][] {
    const tests = known.flatMap(({ claim }) => (claim.kind === 'field' ? [compileClaim(claim)] : []));
    return eventTypes.filter(
      (type) =>
        known.every(({ claim }) => claim.kind !== 'types' || claim.types.includes(type)) &&
        tests.every((test) => test({ type, id: '', at: '' })),
    );
  }

  private findText(known: readonly Known[]): string | undefined {
    const words = wordsOf(known);
    const claims = known.flatMap(({ claim }) => (claim.kind === 'field' ? [claim] : []));
    const text = this.words.find(words);
    if (claims.length === 0) return text;
    const tests = claims.map(compileClaim);
    const isText = (value: unknown): value is string => typeof value === 'string' && this.words.accept(value, words);
    if (text !== undefined && tests.every((test) => test({ type: 'message-received', id: '', at: '', message: { text } }))) return text;
    const answer = findFieldValue('message.text', claims, isText);
    return answer.found && isText(answer.value) ? answer.value : text;
  }
}

/** What is remembered of a claim. */
interface Read {
  group: string;
  key: string;
  /** The key of its opposite. */
  opposite: string;
}

const textGroup = 'field message.text';

function groupOf(claim: Known['claim']): string {
  switch (claim.kind) {
    case 'field': {
      const field = plainField(claim.is.field);
      if (field === 'type') return 'types';
      return channelFields.has(field) ? 'channel' : `field ${field}`;
    }
    case 'words':
      return textGroup;
    case 'listed':
      return `listed ${claim.who}`;
    case 'other':
      return `other ${claim.what}`;
    default:
      return claim.kind;
  }
}

function keyOf(claim: Known['claim']): string {
  return JSON.stringify(claim.kind === 'field' ? { ...claim, is: { ...claim.is, field: plainField(claim.is.field) } } : claim);
}

/** Each claim once, in the order of their keys, so that one way of saying a thing is judged once. */
function join(known: readonly Known[], added: readonly Known[]): readonly Known[] {
  const fresh = added.filter(({ key }) => !known.some((one) => one.key === key));
  return fresh.length === 0 ? known : [...known, ...fresh].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function spell(name: string): string {
  return name.trim().toLowerCase();
}

function wordsOf(known: readonly Known[]): { matched: string[]; missed: string[] } {
  const of = (holds: boolean) => known.flatMap(({ claim }) => (claim.kind === 'words' && claim.holds === holds ? [claim.patterns] : []));
  return { matched: of(true), missed: of(false) };
}

function mergeEvents(event: RuleEvent, example: Partial<RuleEvent>): RuleEvent {
  const { contact, chat, message, ...rest } = example;
  return {
    ...event,
    ...rest,
    ...(contact && { contact: { ...event.contact, ...contact } }),
    ...(chat && { chat: { ...event.chat, ...chat } }),
    ...(message && { message: { ...event.message, ...message } }),
  };
}
