/** A value now, or later where an expression was asked: nothing waits for a promise that is not there. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value as soon as it is there: at once, or when the promise is kept. */
export function after<T, U>(value: MaybePromise<T>, goOn: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
