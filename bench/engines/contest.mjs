// Contenders side by side: all start, all decide the same or the contest ends with an error, then they take turns round by round and their CPU time is counted.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @param module file of this folder that exports `contenders`
 * @param names of contenders; the first is the one that the others must agree with
 * @param given JSON for each contender's `prepare`
 * @param check `{ set, count }`, or by name: the decisions that are compared
 * @param sets names of what is measured, each in rounds of its own
 * @param patience the longest that one task of one contender may take, ms; who takes longer is stopped and told as `late`
 * @returns by name: { built (ms of CPU), late (what was not done in time), times: { <set>: microseconds of CPU per item, by round } }
 */
export async function contest({ module, names, given = {}, check, sets, rounds, milliseconds, warmUp, patience }) {
  const results = Object.fromEntries(names.map((name) => [name, { built: 0, late: undefined, compared: 0, times: {} }]));
  const players = new Map();
  const tell = async (name, task, settings = {}) => {
    const player = players.get(name);
    if (!player) return undefined;
    const answer = await ask(player, { task, ...settings }, patience);
    if (answer !== late) return answer;
    results[name].late = task;
    players.delete(name);
    await end(player);
    return undefined;
  };
  try {
    let expected;
    for (const name of names) {
      players.set(name, await start(module, name, given));
      results[name].built = (await tell(name, 'prepare'))?.milliseconds ?? 0;
      const mine = await tell(name, 'check', check(name));
      if (!mine) continue;
      expected ??= mine;
      compare(mine, expected, `${name} and ${names[0]}`);
      results[name].compared = mine.length;
    }
    for (const set of sets) {
      for (const name of names) await tell(name, 'round', { set, milliseconds: warmUp });
      for (let round = 0; round < rounds; round++) {
        for (const name of names) {
          const done = await tell(name, 'round', { set, milliseconds });
          if (done) (results[name].times[set] ??= []).push(done.microseconds / done.count);
        }
      }
    }
    return { results, expected };
  } finally {
    await Promise.all([...players.values()].map(end));
  }
}

/** @throws Error that shows the first place where two lists of decisions differ */
function compare(mine, expected, who) {
  for (const [place, told] of mine.entries()) {
    if (told !== expected[place]) throw new Error(`${who} differ on item ${place}:\n${told}\n${expected[place]}`);
  }
}

const late = Symbol('late');

async function start(module, name, given) {
  const player = fork(fileURLToPath(new URL('contender.mjs', import.meta.url)), [module, name, JSON.stringify(given)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await ask(player, undefined, 60_000);
  return player;
}

/** Its answer, or `late` when it gave none in time. */
function ask(player, message, patience) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve(late)), patience);
    const onMessage = ({ answer, error }) => settle(() => (error ? reject(new Error(error)) : resolve(answer)));
    const onExit = (code, signal) => settle(() => reject(new Error(`The contender ended with ${code ?? signal}`)));
    const settle = (then) => {
      clearTimeout(timer);
      player.off('message', onMessage);
      player.off('exit', onExit);
      then();
    };
    player.on('message', onMessage);
    player.on('exit', onExit);
    if (message) player.send(message);
  });
}

/** Lets it clean up behind itself; one that is lost in a computation is stopped. */
async function end(player) {
  if (player.exitCode !== null || player.signalCode !== null) return;
  const ended = new Promise((resolve) => player.once('exit', resolve));
  const timer = setTimeout(() => player.kill('SIGKILL'), 2000);
  if (player.connected) player.disconnect();
  await ended;
  clearTimeout(timer);
}
