// Node-RED's runtime without its editor and without a port: the desk as a chain of its nodes, and as one function node that calls the closures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, makePipeline } from './by-hand.mjs';
import { answers, queues, stages, users } from './desk.mjs';

export function makeFunction() {
  return startFlow((add) => {
    const all = add(functionNode("msg.decision = global.get('decide')(msg.payload); return msg;"));
    link([all, add(endNode)]);
    return all;
  });
}

export function makeChain() {
  return startFlow((add) => {
    const blocked = add(
      functionNode(
        "msg.decision = { blocked: global.get('host').isBlocked(msg.payload.phone) }; return msg.decision.blocked ? [null, msg] : [msg, null];",
        2,
      ),
    );
    const kinds = Object.keys(queues);
    const rules = kinds.map((kind) => ({ t: 'eq', v: kind, vt: 'str' }));
    const where = add({
      type: 'switch',
      property: 'payload.kind',
      propertyType: 'msg',
      rules,
      checkall: 'false',
      repair: false,
      outputs: kinds.length,
    });
    const queue = kinds.map((kind) =>
      add({ type: 'change', rules: [{ t: 'set', p: 'decision.queue', pt: 'msg', to: queues[kind], tot: 'str' }] }),
    );
    const set = (field, expression) => add(functionNode(`const d = msg.decision; d.${field} = ${expression}; return msg;`));
    const template = 'Клиент {{payload.name}} ({{payload.channel}})';
    const rest = [
      set('stage', `(${JSON.stringify(stages)})[msg.payload.source]`),
      set('user', `(${JSON.stringify(users)})[msg.payload.source]`),
      add({ type: 'template', field: 'decision.tag', fieldType: 'msg', format: 'text', syntax: 'mustache', template, output: 'str' }),
      set('words', "global.get('host').hasWords(msg.payload.text)"),
      set('emoji', "global.get('host').isEmoji(msg.payload.text)"),
      set('night', "global.get('host').isNight(msg.payload.now)"),
      set('score', "global.get('host').score(msg.payload.text)"),
      set('bucket', "d.score === null ? null : d.score >= 9 ? 'promoter' : d.score >= 7 ? 'passive' : 'detractor'"),
      set(
        'answer',
        `d.score !== null ? '${answers.score}' : d.night ? '${answers.night}' : d.words ? '${answers.words}' : d.emoji ? '${answers.emoji}' : null`,
      ),
      add(endNode),
    ];
    blocked.wires = [[where.id], [rest.at(-1).id]];
    where.wires = queue.map(({ id }) => [id]);
    for (const node of queue) node.wires = [[rest[0].id]];
    link(rest);
    return blocked;
  });
}

const functionNode = (func, outputs = 1) => ({ type: 'function', func, outputs, libs: [], initialize: '', finalize: '' });
const endNode = functionNode("global.get('done')(msg);", 0);

function link(nodes) {
  for (const [place, node] of nodes.slice(0, -1).entries()) node.wires = [[nodes[place + 1].id]];
}

/** @param draw adds the flow's nodes and returns the first */
async function startFlow(draw) {
  const flow = [{ id: 'tab', type: 'tab', label: 'Desk' }];
  const first = draw((node) => {
    const added = { ...node, id: `f${flow.length}`, z: 'tab', x: 100, y: 100, wires: [] };
    flow.push(added);
    return added;
  });
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-bench-node-red-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const flowFile = join(folder, 'flows.json');
  writeFileSync(flowFile, JSON.stringify(flow));

  const waiting = new Map();
  const done = ({ ticket, decision }) => {
    waiting.get(ticket)(decision);
    waiting.delete(ticket);
  };
  const RED = createRequire(import.meta.url)('node-red');
  RED.init(createServer(), {
    userDir: folder,
    flowFile,
    httpAdminRoot: false,
    httpNodeRoot: false,
    disableEditor: true,
    functionGlobalContext: { host, decide: makePipeline(), done },
    logging: { console: { level: 'off' } },
    telemetry: { enabled: false, updateNotification: false },
  });
  const started = new Promise((resolve) => RED.events.once('flows:started', resolve));
  await RED.start();
  await started;
  const node = RED.nodes.getNode(first.id);
  let tickets = 0;
  return (payload) =>
    new Promise((resolve) => {
      tickets += 1;
      waiting.set(tickets, resolve);
      node.receive({ payload, ticket: tickets });
    });
}
