// The simulator as a process of its own: node test/simulators/telegram/cli.mjs [--port N] [--ledger FILE] [--fault-rate 0..1] [--seed N] [--chat-burst N]
// [--strict] (webhooks by https only). Its first line is {"baseUrl": …}; it is told what clients do by POST /simulator/METHOD, and ends on SIGTERM.
import { register } from 'node:module';
import { parseArgs } from 'node:util';

register('./typescript-hooks.mjs', import.meta.url);
const { TelegramSimulator } = await import('./telegram-simulator.ts');

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    ledger: { type: 'string' },
    'fault-rate': { type: 'string' },
    seed: { type: 'string' },
    'chat-burst': { type: 'string' },
    strict: { type: 'boolean' },
  },
});

const simulator = await TelegramSimulator.start({
  port: Number(values.port ?? 0),
  ledgerFile: values.ledger,
  localMode: !values.strict,
  chatBurst: Number(values['chat-burst'] ?? 3),
  random: { seed: Number(values.seed ?? 1), rate: Number(values['fault-rate'] ?? 0) },
});
console.log(JSON.stringify({ baseUrl: simulator.baseUrl }));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void simulator.stop());
