import { parsePatterns } from '../text/patterns.js';
import { wordMatcher } from '../text/words.js';

/** What is known of a text: lists of patterns of which it matches one, and lists of which it matches none. */
export interface WordFacts {
  matched: readonly string[];
  missed: readonly string[];
}

/** Lists with more pairs of patterns than this are not compared with each other. */
const mostPairs = 250_000;
const tried = 6;

/** Reasons over lists of word patterns, given as the word filter's field; remembers what it compared. */
export class WordLists {
  private readonly matchers = new Map<string, (text: string) => boolean>();
  private readonly covers = new Map<string, Map<string, ReadonlySet<number> | undefined>>();
  private readonly spellings = new Map<string, readonly string[]>();

  /** Whether some text can be so; true also where that is too much to tell. */
  isPossible({ matched, missed }: WordFacts): boolean {
    if (missed.length === 0) return true;
    return matched.every((list) => {
      const covered = missed.flatMap((other) => this.coverage(list, other) ?? []);
      if (covered.length === 0) return true;
      return this.spelt(list).some((_, place) => !covered.some((by) => by.has(place)));
    });
  }

  /** Whether this text is so. */
  accept(text: string, { matched, missed }: WordFacts): boolean {
    return matched.every((list) => this.matches(list, text)) && !missed.some((list) => this.matches(list, text));
  }

  /** A text that is so; undefined when none was found. */
  find(facts: WordFacts): string | undefined {
    const words = facts.matched.map((list) =>
      parsePatterns(list)
        .patterns.map(({ source }) => source.replaceAll('*', ''))
        .filter((word) => !facts.missed.some((other) => this.matches(other, word)))
        .slice(0, tried),
    );
    const plain = words.length === 0 ? ['Здравствуйте', 'ъ', ''] : [];
    const texts = [...plain, ...combine(words)];
    return texts.find((text) => this.accept(text, facts));
  }

  /** Places of those patterns of a list that the other list makes needless: one of its own asks for a part of what they ask for. Undefined: none. */
  private coverage(list: string, by: string): ReadonlySet<number> | undefined {
    const known = this.covers.get(list) ?? new Map<string, ReadonlySet<number> | undefined>();
    this.covers.set(list, known);
    if (!known.has(by)) {
      const [own, others] = [this.spelt(list), this.spelt(by)];
      const isMuch = own.length * others.length > mostPairs;
      const covered = isMuch ? [] : own.flatMap((one, place) => (others.some((other) => one.includes(other)) ? [place] : []));
      known.set(by, covered.length > 0 ? new Set(covered) : undefined);
    }
    return known.get(by);
  }

  /** Patterns as texts: their letters, with marks where a word begins, ends or touches the next. */
  private spelt(list: string): readonly string[] {
    let spelt = this.spellings.get(list);
    if (!spelt) {
      spelt = parsePatterns(list).patterns.map(({ symbols }) => String.fromCodePoint(...symbols));
      this.spellings.set(list, spelt);
    }
    return spelt;
  }

  private matches(list: string, text: string): boolean {
    let matcher = this.matchers.get(list);
    if (!matcher) {
      const find = wordMatcher(parsePatterns(list).patterns);
      matcher = (text) => find(text) !== undefined;
      this.matchers.set(list, matcher);
    }
    return matcher(text);
  }
}

/** The first few ways to take one word of each list. */
function combine(lists: readonly (readonly string[])[]): string[] {
  let texts: string[] = [];
  for (const [place, list] of lists.entries()) {
    texts = place === 0 ? [...list] : texts.flatMap((text) => list.map((word) => `${text} ${word}`)).slice(0, tried * tried);
  }
  return texts;
}
