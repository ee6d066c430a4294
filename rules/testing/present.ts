/** The value of something that asks no expression, and so is there at once. @throws Error when it is a promise after all */
export function present<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error('An expression was asked: await it');
  return value;
}
