/** What one evaluation may use. Counted and not timed, so that the same input always fails or succeeds alike. */
const mostSteps = 10_000;
/** Characters and entries of one value, on the way or at the end. */
const largestValue = 262_144;
/** Characters that pass by in all. */
const mostCharacters = 16_777_216;

/**
 * Watches the values of one evaluation. The library bounds time, depth and the length of sequences; this bounds what it does not:
 * texts that double, objects that hold themselves twice over and would be endless when written out, keys that would make the
 * library take data for its own functions.
 */
export class Budget {
  private steps = 0;
  private characters = 0;
  private readonly sizes = new WeakMap<object, number>();

  /** Takes the value of one step. @throws Error when the evaluation has used too much, or made something that is no plain data */
  take(value: unknown): void {
    this.steps += 1;
    if (this.steps > mostSteps) throw new Error(`The expression takes more than ${mostSteps} steps`);
    const size = this.sizeOf(value);
    if (size > largestValue) throw tooLarge();
    if (typeof value !== 'string') return;
    this.characters += size;
    if (this.characters > mostCharacters) throw new Error('The expression handles too much text');
  }

  /** The size that a value has when it is written out in full. */
  sizeOf(value: unknown): number {
    if (typeof value === 'string') return value.length;
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('A number in the expression is out of range');
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    if (Array.isArray(value)) for (const item of value) size += this.sizeOf(item);
    else {
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== null && prototype !== Object.prototype) throw new Error('The expression made something that is no plain data');
      for (const [key, item] of Object.entries(value)) {
        if (isReserved(key)) throw new Error(`The name ${key} cannot be used in an expression`);
        size += key.length + this.sizeOf(item);
      }
    }
    this.sizes.set(value, size);
    return size;
  }
}

/** Names by which the library knows functions, and the one by which the language reaches a prototype. */
export function isReserved(key: string): boolean {
  return key.startsWith('_jsonata_') || key === '__proto__';
}

export function tooLarge(): Error {
  return new Error(`A value in the expression is larger than ${largestValue} characters`);
}

/** Whether so many characters may become one value. */
export function isWithinValue(characters: number): boolean {
  return characters <= largestValue;
}
