// The desks that mistakes are made in: their rule sets in order of priority, what happened to them, and what their accounts have.
import { readFileSync } from 'node:fs';
import { nodeTypes, readEvent, readGraph } from '../../dist/rules/index.js';
import { makeTraffic } from '../../scripts/traffic/month.mjs';

const files = {
  shop: ['shop-filters', 'shop-desk', 'shop-care'],
  clinic: ['clinic-filters', 'clinic-desk', 'clinic-duty'],
  service: ['service-filters', 'service-desk', 'service-care'],
};
const samples = new URL('../../samples/', import.meta.url);

/** @returns {{ name: string, graphs: object[], recorded: object[], month: object[], account: object }[]} */
export function readDesks() {
  return Object.entries(files).map(([name, graphFiles]) => {
    const graphs = graphFiles.map((file) => readSound(`${file}.rules.json`));
    const recorded = readEvents(
      read(`${name}-desk.events.jsonl`)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
    const month = readEvents([...makeTraffic({ seed: 1, days: 30, perDay: 100, from: '2026-03-01', only: name })]);
    return { name, graphs, recorded, month, account: accountOf(graphs, [...recorded, ...month]) };
  });
}

function readSound(file) {
  const { graph, findings } = readGraph(JSON.parse(read(file)), nodeTypes);
  if (!graph) throw new Error(`${file}: ${findings[0]?.text.en}`);
  return graph;
}

function read(file) {
  return readFileSync(new URL(file, samples), 'utf8');
}

function readEvents(lines) {
  let previousAt;
  return lines.map((line, place) => {
    const result = readEvent(line, { position: place + 1, previousAt });
    if (!result.ok) throw new Error(`event ${place + 1}: ${result.path} ${result.problem.en}`);
    previousAt = result.event.at;
    return result.event;
  });
}

/** What the sound graphs and the events name is what the account has. */
function accountOf(graphs, events) {
  const channels = new Map();
  for (const { channel } of events)
    if (channel?.id) channels.set(channel.id, { id: channel.id, name: channel.name ?? channel.id, kind: channel.kind ?? 'web' });
  const [users, pipelines, connections] = [new Set(), new Map(), new Set()];
  const look = (value, key) => {
    if (typeof value === 'string') {
      if (['user', 'users', 'responsible'].includes(key)) users.add(value);
    } else if (Array.isArray(value)) for (const inner of value) look(inner, key);
    else if (value && typeof value === 'object') {
      if (value.stage) pipelines.set(value.pipeline ?? '', new Set([...(pipelines.get(value.pipeline ?? '') ?? []), value.stage]));
      for (const [name, inner] of Object.entries(value)) look(inner, name);
    }
  };
  for (const { nodes } of graphs) {
    for (const { type, settings } of nodes) {
      look(settings, '');
      if (type === 'route' && settings.default?.pipeline) {
        const own = pipelines.get(settings.default.pipeline) ?? new Set();
        for (const { pipeline, stage } of settings.rows ?? []) if (stage && !pipeline) own.add(stage);
        pipelines.set(settings.default.pipeline, own);
      }
      for (const person of [settings.to ?? []].flat()) {
        if (type === 'export') connections.add(person);
        else if (['notify', 'create-task'].includes(type) && !['responsible', 'all'].includes(person)) users.add(person);
      }
    }
  }
  for (const { deal } of events) {
    if (deal?.responsible) users.add(deal.responsible);
    if (deal?.stage) pipelines.set(deal.pipeline ?? '', new Set([...(pipelines.get(deal.pipeline ?? '') ?? []), deal.stage]));
  }
  // A stage without a pipeline belongs to the desk's own.
  const loose = pipelines.get('') ?? new Set();
  pipelines.delete('');
  const [first] = pipelines.keys();
  for (const stage of loose)
    if (first !== undefined && ![...pipelines.values()].some((stages) => stages.has(stage))) pipelines.get(first).add(stage);
  return {
    channels: [...channels.values()],
    users: [...users].map((id) => ({ id, name: id })),
    pipelines: [...pipelines].map(([name, stages]) => ({ name, stages: [...stages].map((stage) => ({ name: stage, open: true })) })),
    ruleSets: graphs.map(({ name }) => ({ name })),
    crmConnections: [...connections].map((id) => ({ id, name: id })),
  };
}
