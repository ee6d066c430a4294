#!/usr/bin/env node
// A month of made-up messages for the desks of samples/, one JSON event a line, for benches and for comparing versions of rules:
//   node scripts/make-traffic.mjs --seed 1 --days 30 --per-day 300 > month.jsonl
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { desks } from './traffic/desks.mjs';
import { makeTraffic } from './traffic/month.mjs';

const names = desks.map(({ name }) => name);
const most = 2_000_000;

try {
  const options = readOptions();
  process.stdout.on('error', (error) => {
    // Whoever reads has seen enough: `| head`.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  let lines = '';
  for (const event of makeTraffic(options)) {
    lines += `${JSON.stringify(event)}\n`;
    if (lines.length < 65_536) continue;
    if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
    lines = '';
  }
  process.stdout.write(lines);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function readOptions() {
  const text = { type: 'string' };
  const { values } = parseArgs({ options: { seed: text, days: text, 'per-day': text, from: text, desk: text } });
  const seed = number(values, 'seed', 1, 0, 1_000_000);
  const days = number(values, 'days', 30, 1, 366);
  const perDay = number(values, 'per-day', 300, 1, 100_000);
  if (days * perDay > most) throw new Error(`--days ${days} times --per-day ${perDay} is more than ${most} events`);
  const from = String(values.from ?? '2026-03-01');
  const only = values.desk === undefined ? undefined : String(values.desk);
  const date = new Date(`${from}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== from) {
    throw new Error(`--from is a date like 2026-03-01, not ${from}`);
  }
  if (only !== undefined && !names.includes(only)) throw new Error(`--desk is one of ${names.join(', ')}, not ${only}`);
  return { seed, days, perDay, from, only };
}

function number(values, name, otherwise, least, greatest) {
  const text = values[name] ?? String(otherwise);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > greatest) {
    throw new Error(`--${name} is a whole number from ${least} to ${greatest}, not ${text}`);
  }
  return value;
}
