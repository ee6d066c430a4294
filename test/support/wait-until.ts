/** Asks every `everyMs` until it is true; a deadline, not a pause: a fast machine goes on at once. Throws with `what` after `withinMs`. */
export async function waitUntil(what: string, isTrue: () => Promise<boolean> | boolean, withinMs = 60_000, everyMs = 25): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await isTrue()) return;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((next) => setTimeout(next, everyMs));
  }
}
