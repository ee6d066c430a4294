import { emoji, spam } from './desks.mjs';

const hour = 3600;
const day = 24 * hour;

/** A voice or a picture now and then, an emoji, else a text. */
function clientMessage(random, text) {
  const form = random.weighted({ text: 88, image: 4, voice: 4, emoji: 3, sticker: 1 });
  if (form === 'image')
    return { kind: 'image', text, attachments: [{ type: 'image', url: `https://example.ru/${random.below(9999)}.jpg` }] };
  if (form === 'voice') return { kind: 'voice', attachments: [{ type: 'voice', url: `https://example.ru/${random.below(9999)}.ogg` }] };
  if (form === 'sticker') return { kind: 'sticker', attachments: [{ type: 'sticker' }] };
  return { kind: 'text', text: form === 'emoji' ? random.pick(emoji) : text };
}

/** Seconds until the desk is open; 0 when it is. Moscow time has no switch days. */
function untilOpen(desk, second) {
  const clock = second % day;
  const [from, to] = desk.open.map((at) => at * hour);
  if (clock >= from && clock < to) return 0;
  return clock < from ? from - clock : day - clock + from;
}

/** The talk of one client from the first message to the score, as events without ids: `second` counts from the start of the traffic. */
export function talk({ desk, channel, client, random, second, number }) {
  const events = [];
  let inbound = 0;
  let outbound = 0;
  let at = second;
  const conversation = (status) => ({ id: `${desk.name}-v${number}`, number, status, inbound, outbound });
  const push = (type, fields, status = 'open') => {
    const deal = client.deal ? { deal: { ...client.deal } } : {};
    events.push({ second: at, type, channel, contact: client.contact, ...fields, conversation: conversation(status), ...deal });
  };
  const writes = (text) => {
    inbound += 1;
    push('message-received', { message: clientMessage(random, text) });
    if (client.deal?.open) return;
    client.deal = {
      id: `${desk.name}-d${number}`,
      pipeline: desk.pipeline,
      stage: desk.stages[0],
      open: true,
      responsible: random.pick(desk.users),
      tags: [],
    };
  };
  const answers = () => {
    outbound += 1;
    const origin = random.weighted({ operator: 8, crm: 2, phone: 1 });
    push('message-sent', { message: { kind: 'text', text: random.pick(desk.answers), origin } });
  };

  push('conversation-opened', {});
  writes(random.pick(desk.asks).replace('{item}', random.pick(desk.items)));
  for (let more = 0; more < 3 && random.chance(0.25); more += 1) {
    at += random.wait(60);
    writes(random.pick(desk.follow));
  }
  const turns = random.between(0, 4);
  for (let turn = 0; turn <= turns; turn += 1) {
    at += random.wait(8 * 60);
    at += untilOpen(desk, at);
    answers();
    if (random.chance(0.2)) move(desk, client, random, push);
    if (turn === turns) break;
    at += random.wait(10 * 60);
    const text = random.pick(desk.follow);
    writes(text);
    if (desk.name === 'service' && /Готово|статус|забрать/.test(text)) askedStock();
  }
  if (random.chance(0.7)) close();
  client.until = at;
  return events;

  /** The stock system's answer to the rules' own call. */
  function askedStock() {
    at += 2;
    const status = random.chance(0.9) ? 200 : 503;
    push('http-answered', { node: 'lookup', status, ...(status === 200 && { body: { status: random.chance(0.5) ? 'ready' : 'repair' } }) });
  }

  function close() {
    at += random.wait(2 * hour);
    if (desk.asked === 'either' && random.chance(0.3)) {
      push('score-requested', {});
      at += 30;
    } else if (random.chance(0.6) && client.deal) {
      Object.assign(client.deal, { stage: random.chance(0.7) ? desk.final[0] : desk.final[1], open: false });
      push('stage-changed', {});
    }
    push('conversation-closed', {}, 'closed');
    if (!random.chance(0.45)) return;
    at += random.wait(20 * 60);
    inbound += 1;
    push('message-received', { message: { kind: 'text', text: random.pick(desk.scores) } }, 'closed');
  }
}

function move(desk, client, random, push) {
  if (!client.deal?.open) return;
  client.deal.stage = random.pick(desk.stages.slice(1));
  push('stage-changed', {});
}

/** Advertising, sometimes by a robot that does not stop. */
export function advertise({ desk, channel, client, random, second, number }) {
  const isRobot = random.chance(0.3);
  const listed = desk.blocked !== undefined && random.chance(0.2);
  const contact = listed ? desk.blocked : isRobot ? { ...client.contact, bot: true } : client.contact;
  const times = isRobot ? random.between(2, 6) : 1;
  return Array.from({ length: times }, (_, turn) => ({
    second: second + turn * 15,
    type: 'message-received',
    channel,
    contact,
    message: { kind: 'text', text: random.pick(spam) },
    conversation: { id: `${desk.name}-v${number}`, number, status: 'open', inbound: turn + 1, outbound: 0 },
  }));
}
