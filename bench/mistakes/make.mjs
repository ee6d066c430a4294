// Mistakes that people make while they draw: each takes a copy of a graph and returns what was done to it in words, or undefined where there is no place for it.
import { nodeTypes, portsOf } from '../../dist/rules/index.js';

const pick = (list, random) => list[Math.floor(random() * list.length)];
const ofType = (graph, ...types) => graph.nodes.filter(({ type }) => types.includes(type));
const portOf = ({ from }) => from.slice(from.indexOf('.') + 1);
const nodeOf = ({ from }) => from.slice(0, from.indexOf('.'));
const from = (graph, id) => graph.edges.filter((edge) => nodeOf(edge) === id);
const portsOfNode = ({ type, settings }) => {
  const nodeType = nodeTypes.get(type);
  return portsOf(nodeType, nodeType.settings.parse(settings));
};
const isTrigger = ({ type }) => nodeTypes.get(type).family === 'trigger';

/** Letters of a word trade places, as in fast typing. */
function misspell(text, random) {
  const places = [...text].flatMap((letter, place) =>
    /\p{L}/u.test(letter) && /\p{L}/u.test(text[place + 1] ?? '') && letter !== text[place + 1] ? [place] : [],
  );
  const place = pick(places, random);
  return place === undefined ? undefined : text.slice(0, place) + text[place + 1] + text[place] + text.slice(place + 2);
}

/** Every text of a settings object that `wanted` takes: [holder, key] pairs. */
function texts(settings, wanted) {
  const found = [];
  const look = (value, key, holder, path) => {
    if (typeof value === 'string') {
      if (wanted(value, path)) found.push([holder, key]);
    } else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) look(inner, name, value, [...path, name]);
  };
  look(settings, '', undefined, []);
  return found;
}

/** Changes one text of one node of these types. */
function changeText(graph, random, types, wanted, change) {
  const places = graph.nodes
    .filter(({ type }) => !types || types.includes(type))
    .flatMap((node) => texts(node.settings, wanted).map((place) => [node, ...place]));
  const found = pick(places, random);
  if (!found) return undefined;
  const [node, holder, key] = found;
  const before = holder[key];
  const after = change(before);
  if (after === undefined || after === before) return undefined;
  holder[key] = after;
  return `${node.id}: «${before}» → «${after}»`;
}

/** A node is taken out, and what led to it leads on along its first port. */
function takeOut(graph, node) {
  const targets = from(graph, node.id).filter((edge) => portOf(edge) === portsOfNode(node)[0]);
  graph.edges = graph.edges.flatMap((edge) => {
    if (nodeOf(edge) === node.id) return [];
    return edge.to === node.id ? targets.map(({ to }) => ({ from: edge.from, to })) : [edge];
  });
  graph.nodes = graph.nodes.filter((other) => other !== node);
  return node.id;
}

function shiftHour(clock, hours) {
  const hour = (Number(clock.slice(0, 2)) + hours + 24) % 24;
  return `${String(hour).padStart(2, '0')}${clock.slice(2)}`;
}

const isPatterns = (_, path) => path.at(-1) === 'patterns';
const isTemplate = (_, path) => ['text', 'question', 'again', 'tags', 'value', 'promoter', 'passive', 'detractor'].includes(path.at(-1));
const isUser = (value, path) =>
  /^(user|responsible|users\.\d+|rows\.\d+\.responsible|default\.responsible|to|to\.\d+)$/.test(path.join('.')) &&
  !['responsible', 'all'].includes(value) &&
  !/^\d\d:\d\d$/.test(value);

/** Kinds of mistakes by name: (graph, random, account) => what was done. */
export const mistakes = {
  'swapped ports': (graph, random) => {
    const forks = graph.nodes.filter((node) => portsOfNode(node).length > 1 && from(graph, node.id).length > 0);
    const node = pick(forks, random);
    if (!node) return undefined;
    const [one, other] = portsOfNode(node);
    const swap = { [one]: other, [other]: one };
    graph.edges = graph.edges.map((edge) =>
      nodeOf(edge) === node.id && swap[portOf(edge)] ? { ...edge, from: `${node.id}.${swap[portOf(edge)]}` } : edge,
    );
    return `${node.id}: ${one} ↔ ${other}`;
  },
  'window an hour off': (graph, random) =>
    changeText(
      graph,
      random,
      ['time-window'],
      (value, path) => ['from', 'to'].includes(path[0]) && /^\d\d:/.test(value),
      (clock) => shiftHour(clock, random() < 0.5 ? 1 : -1),
    ),
  'window turned round': (graph, random) => {
    const node = pick(
      ofType(graph, 'time-window').filter(({ settings }) => settings.from !== undefined),
      random,
    );
    if (!node) return undefined;
    [node.settings.from, node.settings.to] = [node.settings.to, node.settings.from];
    return `${node.id}: ${node.settings.from}–${node.settings.to}`;
  },
  'pattern too wide': (graph, random) =>
    changeText(graph, random, undefined, isPatterns, (text) => {
      const words = text.split(' ');
      const place = Math.floor(random() * words.length);
      words[place] = `*${words[place].replaceAll('*', '').slice(0, 3)}*`;
      return words.join(' ');
    }),
  'pattern too narrow': (graph, random) =>
    changeText(graph, random, undefined, isPatterns, (text) => {
      const words = text.split(' ');
      const starred = words.flatMap((word, place) => (word.includes('*') ? [place] : []));
      const place = pick(starred, random);
      if (place === undefined) return undefined;
      words[place] = words[place].replaceAll('*', '');
      return words.join(' ');
    }),
  'pattern left out': (graph, random) =>
    changeText(graph, random, undefined, isPatterns, (text) => {
      const words = text.split(' ');
      words.splice(Math.floor(random() * words.length), 1);
      return words.join(' ');
    }),
  'missing edge': (graph, random) => {
    const place = Math.floor(random() * graph.edges.length);
    const [edge] = graph.edges.splice(place, 1);
    return `${edge.from} → ${edge.to}`;
  },
  'edge to the wrong node': (graph, random) => {
    const edge = pick(graph.edges, random);
    const before = edge.to;
    edge.to = pick(
      graph.nodes.filter((node) => !isTrigger(node) && node.id !== before && node.id !== nodeOf(edge)),
      random,
    ).id;
    return `${edge.from} → ${edge.to} instead of ${before}`;
  },
  loop: (graph, random) => {
    const loose = graph.nodes.filter((node) => !isTrigger(node)).flatMap((node) => portsOfNode(node).map((port) => `${node.id}.${port}`));
    const start = pick(loose, random);
    const goal = pick(
      graph.nodes.filter((node) => !isTrigger(node) && leadsTo(graph, node.id, start.slice(0, start.indexOf('.')))),
      random,
    );
    if (!goal) return undefined;
    graph.edges.push({ from: start, to: goal.id });
    return `${start} → ${goal.id}`;
  },
  'wrong stage': (graph, random, account) =>
    changeText(
      graph,
      random,
      undefined,
      (_, path) => path.at(-1) === 'stage',
      (stage) => {
        const others = account.pipelines.flatMap(({ stages }) => stages.map(({ name }) => name)).filter((name) => name !== stage);
        return pick(others, random) ?? misspell(stage, random);
      },
    ),
  'stage misspelt': (graph, random) =>
    changeText(
      graph,
      random,
      undefined,
      (_, path) => ['stage', 'pipeline'].includes(path.at(-1)),
      (text) => misspell(text, random),
    ),
  'lost brace of a choice': (graph, random) =>
    changeText(
      graph,
      random,
      undefined,
      (value) => value.includes('{{'),
      (text) => (random() < 0.5 ? text.replace('}}', '}') : text.replace('{{', '{')),
    ),
  'substitution misspelt': (graph, random) =>
    changeText(
      graph,
      random,
      undefined,
      (value, path) => isTemplate(value, path) && /%[A-Z]+%/.test(value),
      (text) => text.replace(/%([A-Z]+)%/, (_, name) => (random() < 0.5 ? `%${misspell(name, random) ?? name}%` : `%${name}`)),
    ),
  'filter deleted': (graph, random) => {
    const node = pick(
      graph.nodes.filter(({ type }) => nodeTypes.get(type).family === 'filter'),
      random,
    );
    return node && takeOut(graph, node);
  },
  'mode turned round': (graph, random) => {
    const turned = { except: 'only', only: 'except', block: 'allow', allow: 'block' };
    const node = pick(
      graph.nodes.filter(({ type, settings }) => nodeTypes.get(type).family === 'filter' && (turned[settings.mode] || settings.list)),
      random,
    );
    if (!node) return undefined;
    node.settings.mode = turned[node.settings.mode ?? 'block'];
    return `${node.id}: ${node.settings.mode}`;
  },
  'wrong channel': (graph, random, account) =>
    changeText(
      graph,
      random,
      undefined,
      (value, path) =>
        path[0] === 'channels' ||
        ['kind', 'channel'].includes(path.at(-1)) ||
        (path[0] === 'cases' && account.channels.some(({ kind }) => kind === value)),
      (channel) => {
        const kinds = ['telegram', 'instagram', 'whatsapp', 'vk', 'avito'].filter((kind) => kind !== channel);
        return pick(kinds, random);
      },
    ),
  'channel added': (graph, random) => {
    const node = pick(
      graph.nodes.filter(
        (other) =>
          isTrigger(other) &&
          other.settings.channels === undefined &&
          other.type !== 'on-no-reply' &&
          other.type !== 'on-schedule' &&
          nodeTypes.get(other.type).settings.shape?.channels,
      ),
      random,
    );
    if (!node) return undefined;
    node.settings.channels = [pick(['telegram', 'instagram', 'whatsapp', 'vk', 'avito'], random)];
    return `${node.id}: only ${node.settings.channels[0]}`;
  },
  'neighbours swapped': (graph, random) => {
    const pairs = graph.edges.flatMap((edge) => {
      const [one, other] = [nodeOf(edge), edge.to].map((id) => graph.nodes.find((node) => node.id === id));
      return !isTrigger(one) && portsOfNode(other).length > 0 && graph.edges.filter(({ to }) => to === other.id).length === 1
        ? [[one, other, edge]]
        : [];
    });
    const found = pick(pairs, random);
    if (!found) return undefined;
    const [one, other, between] = found;
    const behind = from(graph, other.id).filter((edge) => portOf(edge) === portsOfNode(other)[0]);
    const port = portOf(between);
    for (const edge of graph.edges) if (edge.to === one.id && edge !== between) edge.to = other.id;
    for (const edge of behind) edge.from = `${one.id}.${port}`;
    between.from = `${other.id}.${portsOfNode(other)[0]}`;
    between.to = one.id;
    return `${one.id} ↔ ${other.id}`;
  },
  'action removed': (graph, random) => {
    const node = pick(
      graph.nodes.filter(({ type }) => nodeTypes.get(type).family === 'action'),
      random,
    );
    return node && takeOut(graph, node);
  },
  'tag misspelt': (graph, random) =>
    changeText(
      graph,
      random,
      ['add-tags', 'remove-tags', 'route'],
      (value, path) => path.at(-1) === 'tags' && /\p{Ll}{3}/u.test(value),
      (text) => misspell(text, random),
    ),
  'node switched off': (graph, random) => {
    const node = pick(graph.nodes, random);
    node.disabled = true;
    return node.id;
  },
  'user who left': (graph, random, account) => {
    const used = new Set(graph.nodes.flatMap(({ settings }) => texts(settings, isUser).map(([holder, key]) => holder[key])));
    const user = pick(
      [...used].filter((id) => account.users.some((known) => known.id === id)),
      random,
    );
    if (!user) return undefined;
    account.users = account.users.filter(({ id }) => id !== user);
    return user;
  },
  'wrong user': (graph, random, account) =>
    changeText(graph, random, undefined, isUser, (user) =>
      pick(
        account.users.map(({ id }) => id).filter((id) => id !== user),
        random,
      ),
    ),
  'condition turned round': (graph, random) => {
    const turned = { eq: 'ne', ne: 'eq', exists: 'empty', empty: 'exists', gt: 'lt', lt: 'gt', gte: 'lte', lte: 'gte' };
    return changeText(
      graph,
      random,
      ['if'],
      (value, path) => path.at(-1) === 'op' && turned[value] !== undefined,
      (op) => turned[op],
    );
  },
  'time ten times off': (graph, random) =>
    changeText(
      graph,
      random,
      undefined,
      (value) => /^P(T\d+[MH]|\d+D)$/.test(value),
      (text) => text.replace(/\d+/, (number) => (random() < 0.5 ? `${number}0` : String(Math.max(1, Math.round(Number(number) / 10))))),
    ),
  'pasted twice': (graph, random) => {
    const node = pick(
      graph.nodes.filter(({ type }) => ['reply', 'set-stage', 'create-task', 'add-tags', 'notify', 'assign-responsible'].includes(type)),
      random,
    );
    if (!node) return undefined;
    const copy = { ...structuredClone(node), id: `${node.id}-2` };
    graph.nodes.push(copy);
    for (const edge of graph.edges.filter(({ to }) => to === node.id)) graph.edges.push({ from: edge.from, to: copy.id });
    return copy.id;
  },
  'both directions': (graph, random) => {
    const node = pick(
      ofType(graph, 'on-message').filter(({ settings }) => settings.direction !== 'any'),
      random,
    );
    if (!node) return undefined;
    node.settings.direction = 'any';
    return node.id;
  },
  'limit ten times off': (graph, random) => {
    const node = pick(ofType(graph, 'limit'), random);
    if (!node) return undefined;
    node.settings.count = node.settings.count >= 10 ? Math.round(node.settings.count / 10) : node.settings.count * 10;
    return `${node.id}: ${node.settings.count}`;
  },
  'wrong scale': (graph, random) => {
    const node = pick(ofType(graph, 'ask-score'), random);
    if (!node) return undefined;
    node.settings.scale = pick(
      ['0-10', '1-5', '0-1'].filter((scale) => scale !== (node.settings.scale ?? '0-10')),
      random,
    );
    return `${node.id}: ${node.settings.scale}`;
  },
  'days of the week': (graph, random) => {
    const node = pick(ofType(graph, 'time-window'), random);
    if (!node) return undefined;
    node.settings.days = node.settings.days ? [...new Set([...node.settings.days, 7])] : [1, 2, 3, 4, 5];
    return `${node.id}: ${node.settings.days.join(' ')}`;
  },
  'wrong zone': (graph) => {
    // Where nothing looks at a clock it is no mistake.
    const hasClock = graph.nodes.some(
      ({ type, settings }) => ['time-window', 'on-schedule'].includes(type) || settings.until !== undefined || settings.per === 'day',
    );
    if (!hasClock) return undefined;
    graph.timezone = graph.timezone === 'Asia/Yekaterinburg' ? 'Europe/Moscow' : 'Asia/Yekaterinburg';
    return graph.timezone;
  },
  'unknown setting': (graph, random) => {
    const node = pick(
      graph.nodes.filter(({ settings }) => Object.keys(settings).length > 0),
      random,
    );
    const key = pick(Object.keys(node.settings), random);
    const wrong = misspell(key, random);
    if (!wrong) return undefined;
    node.settings = Object.fromEntries(Object.entries(node.settings).map(([name, value]) => [name === key ? wrong : name, value]));
    return `${node.id}: ${wrong}`;
  },
};

function leadsTo(graph, start, goal) {
  const seen = new Set();
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === goal) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...from(graph, id).map(({ to }) => to));
  }
  return false;
}
