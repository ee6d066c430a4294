import { isUniqueViolation } from '../problem/database-errors.js';
import { Conflict, type Text } from '../problem/problems.js';

/** Waits for a write that may break a unique key, such as a name's; throws `Conflict` with the title when it does. */
export async function orTaken<T>(write: Promise<T>, title: Text): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict(title);
    throw error;
  }
}
