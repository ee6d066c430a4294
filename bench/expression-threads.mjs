// What an expression costs in the caller's thread and in one of its own, and the dearest ones that stay: figures of docs/decisions/0014. Run after `npm run build`.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { compileExpression } from '../dist/rules/expressions/compile-expression.js';
import { ExpressionThreads } from '../dist/server/expressions/expression-threads.js';

const event = (text) => ({
  type: 'message-received',
  id: 'e1',
  at: '2026-03-02T09:00:00Z',
  channel: { id: 'tg', kind: 'telegram', name: 'Телеграм', account: 'bot', surface: 'direct' },
  contact: { id: '787132', name: 'Анна Петрова', username: 'anna', phone: '79991234567', bot: false },
  chat: { type: 'private', id: 'c1' },
  conversation: { id: 'v1', number: 5, status: 'open', inbound: 3, outbound: 2 },
  deal: { id: 'd1', pipeline: 'Продажи', stage: 'Первичный контакт', open: true, tags: ['vip'] },
  message: { id: 'm1', kind: 'text', origin: 'client', text },
});
const usual = { event: event('Какая цена на диван, 5 штук?'), now: 0, variables: { n: 3 } };
const largest = { event: event('Цена, '.repeat(630)), now: 0, variables: { items: Array.from({ length: 350 }, (_, p) => p) } };
const many = {
  event: event('Цена, '.repeat(10_000)),
  now: 0,
  variables: { items: Array.from({ length: 5000 }, (_, p) => ({ p, t: 'x'.repeat(20) })) },
};

const times = (count, part, sign) => Array(count).fill(part).join(sign);
const measured = [
  ['a condition', '$contains($lowercase(message.text), "цена") and vars.n > 2', usual],
  ['light, dearest: words', times(5, '$count($split(message.text, ""))', ' + '), largest],
  ['light, dearest: lists', times(7, '$sum(vars.items)', ' + '), largest],
  ['light, dearest: texts', times(9, '$length($string($$))', ' + '), largest],
  ['not light: each item', '$count(vars.items[p > 10])', many],
  ['not light: 10,000 steps', 'vars.items.($$.message.text & $$.message.text)', many],
  ['not light: items in items', 'vars.items[$count($$.vars.items[p > 1]) > 1]', many],
  ['not light: doubling', `("x")${'.($ & $)'.repeat(18)}`, usual],
];

const threads = new ExpressionThreads({ threads: 2, killAfterMs: 10_000 });
await threads.evaluate('a', { source: '1', input: usual });
console.log('expression                    light   own thread, ms    other thread, ms   longest stop of the event loop, ms');
for (const [name, source, input] of measured) {
  const compiled = compileExpression(source);
  if ('problems' in compiled) throw new Error(`${name}: ${compiled.problems[0].text.en}`);
  const here = await time(() => compiled.evaluate(input));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const there = await time(() => threads.evaluate('a', { source, input }));
  delay.disable();
  const longest = (delay.max / 1e6).toFixed(1);
  console.log(
    `${name.padEnd(28)}  ${String(compiled.isLight).padEnd(5)}  ${here.padStart(16)}  ${there.padStart(18)}  ${longest.padStart(10)}`,
  );
}
await threads.close();

async function time(work) {
  const runs = [];
  for (let run = 0; run < 300; run++) {
    const from = performance.now();
    await Promise.resolve(work()).catch(() => {});
    runs.push(performance.now() - from);
    if (run % 50 === 0) await new Promise(setImmediate);
  }
  runs.sort((a, b) => a - b);
  return `${runs[150].toFixed(3)} p99 ${runs[297].toFixed(1)}`;
}
