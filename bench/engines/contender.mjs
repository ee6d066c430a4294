// One contender in a process of its own, so that none is compiled, collected or slowed because of another; `contest.mjs` starts it and tells it what to do.
//   argv: the module that exports `contenders`, the contender's name, and JSON that its `prepare` is given
// A contender: `prepare(given)` -> { sets: { <name>: items }, decide, tell?, inFlight? }. With `inFlight` the answers of `decide` are promises, so many at a time.
const [, , file, name, given] = process.argv;
const { contenders } = await import(file);

/** What keeps the compiler from leaving out what nobody reads. */
let sink;
let ready;
const places = new Map();

const tasks = {
  /** Builds the contender. @returns how long that took, ms of CPU */
  async prepare() {
    const before = process.cpuUsage();
    ready = await contenders[name](JSON.parse(given ?? '{}'));
    return { milliseconds: (ready.built ?? microsecondsSince(before)) / 1000 };
  },
  /** What it decides on the first `count` items, each as a text that the parent compares with the other contenders'. */
  async check({ set, count }) {
    const told = [];
    const items = ready.sets[set].slice(0, count);
    const tell = (answer, item) => told.push(String(ready.tell ? ready.tell(answer, item) : answer));
    if (!ready.inFlight) {
      // One by one: if all answers were kept, the compiler would learn that they live long, and each later one would cost double.
      for (const item of items) tell(ready.decide(item), item);
      return told;
    }
    for (let at = 0; at < items.length; at += ready.inFlight) {
      const part = items.slice(at, at + ready.inFlight);
      const answers = await Promise.all(part.map((item) => ready.decide(item)));
      for (const [place, answer] of answers.entries()) tell(answer, part[place]);
    }
    return told;
  },
  /** Decides for about so many milliseconds, going on where the round before it stopped. */
  async round({ set, milliseconds }) {
    const items = ready.sets[set];
    const end = performance.now() + milliseconds;
    const before = process.cpuUsage();
    let count = 0;
    let at = places.get(set) ?? 0;
    let step = ready.inFlight ?? 1;
    do {
      const started = performance.now();
      if (ready.inFlight) await pass(items, at, step);
      else for (let done = 0; done < step; done++) sink = ready.decide(items[(at + done) % items.length]);
      count += step;
      at = (at + step) % items.length;
      // Looking at the clock costs more than the fastest contenders: a step of theirs is about a millisecond.
      if (!ready.inFlight && performance.now() - started < 0.5 && step < 100_000) step *= 2;
    } while (performance.now() < end);
    places.set(set, at);
    return { count, microseconds: microsecondsSince(before) };
  },
};

process.on('message', async ({ task, ...settings }) => {
  try {
    process.send({ answer: await tasks[task](settings) });
  } catch (error) {
    process.send({ error: error instanceof Error ? error.stack : String(error) });
  }
});
// The parent ended, however: nobody is left to work for.
process.on('disconnect', () => process.exit(0));
process.send({ answer: 'started' });

async function pass(items, from, count) {
  const answers = [];
  for (let done = 0; done < count; done++) answers.push(ready.decide(items[(from + done) % items.length]));
  sink = await Promise.all(answers);
}

function microsecondsSince(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

export const lastAnswer = () => sink;
