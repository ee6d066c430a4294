import argon2 from 'argon2';

/** OWASP's least for Argon2id; one check takes some 30 ms of one core and 19 MiB. */
const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Gives the text to store. */
export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, cost);
}

/** Without a stored hash (an unknown user, or one who was never invited) it takes the same time and says no. */
export async function isPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const isRight = await argon2.verify(hash ?? (await nobodysHash()), password);
  return isRight && hash !== null && hash !== undefined;
}

let prepared: Promise<string> | undefined;

/** Made once, so that the first unknown user takes no longer than the others; call it at start. */
export function nobodysHash(): Promise<string> {
  prepared ??= hashPassword('the password of nobody');
  return prepared;
}
