import { ApiProblem } from '../api-client.js';

/** Whether a thing could not be read because its address names none: it is gone, another company's, or no id at all. */
export function isUnknownAddress(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 422);
}
