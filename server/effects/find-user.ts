import type { AccountState } from './scene.js';

/** Rules name a person by id, or by e-mail or name in graphs that came from elsewhere; only active users are found. */
export function findUser(account: AccountState, wanted: string): { id: string; name: string } | undefined {
  const text = wanted.toLowerCase();
  return (
    account.users.find((user) => user.id === wanted) ??
    account.users.find((user) => user.email === text) ??
    account.users.find((user) => user.name.toLowerCase() === text)
  );
}
