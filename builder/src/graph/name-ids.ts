import type { Directory } from '../../../api/rule-sets.js';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Puts names in place of ids: the rules know users and channels by id, people by name. An id that nobody bears stays. */
export function nameIds(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(uuid, (id) => names.get(id) ?? id);
}

export function namesOf({ users, channels, crmConnections }: Directory): ReadonlyMap<string, string> {
  return new Map([...users, ...channels, ...crmConnections].map(({ id, name }) => [id, name]));
}
