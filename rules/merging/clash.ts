import { isEqual } from '../is-equal.js';
import { sideOf, type Side, type Three } from './three-way.js';

/** What a clash is about. `node`: one side took it out or made it another type; `wires`: where a port leads; `order`: which trigger comes first. */
export type ClashKind = 'node' | 'setting' | 'wires' | 'test' | 'note' | 'group' | 'parameter' | 'graph' | 'order';

/** A place that two people changed, each to something else: somebody has to choose. */
export interface Clash extends Three<unknown> {
  /** Names the place, the same in every merge of these graphs: choices are kept by it. */
  key: string;
  kind: ClashKind;
  /** The step, for `node`, `setting` and `wires`. */
  node?: string;
  /** What it is called: `settings.text`, `title`, a port, a test's name, `timezone`. */
  path?: string;
  /** What was chosen; undefined while nobody has. */
  chosen?: Side;
}

/** Whose value is taken in each place that both changed, by the clash's key. */
export type Choices = ReadonlyMap<string, Side> | Side;

/** Gathers the places that clash, and takes the side that was chosen there: ours until then. */
export class Clashes {
  readonly found: Clash[] = [];
  private readonly choices: Choices;

  constructor(choices: Choices) {
    this.choices = choices;
  }

  /** The side that holds in a place, asked about where both changed it. */
  settle(place: Omit<Clash, 'chosen'>): Side {
    return sideOf(place) ?? this.ask(place);
  }

  /** The side that was chosen for a place that clashes. */
  ask(place: Omit<Clash, 'chosen'>): Side {
    const chosen = typeof this.choices === 'string' ? this.choices : this.choices.get(place.key);
    this.found.push(chosen ? { ...place, chosen } : place);
    return chosen ?? 'ours';
  }
}

/** What holds of two places on the canvas: nobody is asked about those, and ours stays where both moved it. */
export function joinPlaces<T>(three: Three<T>): T {
  return three[sideOf(three) ?? 'ours'];
}

/** The entry of a side when it is the same, so that whoever compares by identity sees no change. */
export function keepSame<T>(made: T, ...known: (T | undefined)[]): T {
  return known.find((one) => one !== undefined && isEqual(one, made)) ?? made;
}
