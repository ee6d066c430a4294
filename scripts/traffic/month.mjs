import { advertise, talk } from './conversation.mjs';
import { desks, mailing } from './desks.mjs';
import { makePeople } from './people.mjs';
import { seeded } from './random.mjs';

const day = 86_400;
/** How busy each hour of a Moscow day is. */
const hours = [2, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 22, 20, 20, 20, 20, 22, 24, 26, 24, 18, 10, 5];

const busyness = Object.fromEntries(hours.map((weight, hour) => [hour, weight]));

/**
 * Traffic of the sample desks in order of time, about `perDay` events a day. The same options give the same events.
 * @param {{seed: number, days: number, perDay: number, from: string, only?: string}} options `from`: the first day, YYYY-MM-DD, in Moscow; `only`: one desk's name
 */
export function* makeTraffic({ seed, days, perDay, from, only }) {
  const start = Date.parse(`${from}T00:00:00+03:00`);
  const chosen = desks.filter(({ name }) => only === undefined || name === only);
  const sides = chosen.map((desk) => {
    const random = seeded(seed * 1009 + desks.indexOf(desk) * 7919);
    return { desk, random, people: makePeople(random, `${desk.name}-`), numbers: 0 };
  });
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  // What one day begins may end on a later one; a day is printed once all days before it are made.
  const byDay = Array.from({ length: days }, () => []);
  let count = 0;
  for (let number = 0; number < days; number += 1) {
    for (const side of sides) {
      const weekday = (new Date(start + number * day * 1000 + 3 * 3_600_000).getUTCDay() + 6) % 7;
      const wanted = (perDay * side.desk.share * side.desk.days[weekday]) / shares / averageOf(side.desk.days);
      for (const event of dayOf(side, number, Math.max(1, Math.round(wanted)))) byDay[Math.floor(event.second / day)]?.push(event);
    }
    const today = byDay[number].sort((one, other) => one.second - other.second);
    byDay[number] = [];
    for (const { second, type, ...fields } of today) {
      count += 1;
      yield { type, id: `t${count}`, at: `${new Date(start + second * 1000 + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`, ...fields };
    }
  }
}

function averageOf(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** What begins on one day at one desk. */
function dayOf(side, number, wanted) {
  const { desk, random, people } = side;
  const events = [];
  const moment = () => number * day + Number(random.weighted(busyness)) * 3600 + random.below(3600);
  const channelOf = (id) => desk.channels.find((channel) => channel.id === id);
  const isMailingDay = desk.mailings !== undefined && number % 7 === 1;
  if (isMailingDay) {
    const channel = channelOf(desk.mailings);
    const text = random.pick(mailing);
    for (let sent = 0; sent < Math.min(40, wanted / 10); sent += 1) {
      const second = number * day + 11 * 3600 + sent;
      const { contact } = people.returning(channel, second) ?? people.stranger(channel);
      events.push({ second, type: 'message-sent', channel, contact, message: { kind: 'text', text, origin: 'mailing' } });
    }
  }
  const weights = {
    talk: 70,
    spam: 10,
    comment: desk.comments ? 10 : 0,
    subscribed: desk.subscriptions ? 6 : 0,
    call: desk.calls ? 4 : 0,
    group: desk.groups ? 2 : 0,
  };
  const places = { comment: desk.comments, subscribed: desk.subscriptions, call: desk.calls, group: desk.groups };
  while (events.length < wanted) {
    const second = moment();
    const event = random.weighted(weights);
    const channel = channelOf(places[event]) ?? random.pick(desk.channels);
    if (event === 'spam') {
      side.numbers += 1;
      events.push(...advertise({ desk, channel, client: people.passerBy(channel), random, second, number: side.numbers }));
      continue;
    }
    const client = (random.chance(0.35) && people.returning(channel, second)) || people.stranger(channel);
    if (event === 'talk') {
      side.numbers += 1;
      events.push(...talk({ desk, channel, client, random, second, number: side.numbers }));
    } else events.push(single(event, { channel, contact: client.contact, random, second }));
  }
  return events;
}

/** What is no talk: one event by itself. */
function single(event, { channel, contact, random, second }) {
  if (event === 'subscribed') return { second, type: 'contact-subscribed', channel, contact };
  if (event === 'call') return { second, type: 'call-missed', channel, contact };
  const base = { second, type: 'message-received', channel, contact };
  if (event === 'group') {
    const title = random.pick(['Поставщики мебели', 'Врачи клиники', 'Чат подъезда', 'Дом 5']);
    return { ...base, chat: { type: 'group', id: `g-${title.length}`, title }, message: { kind: 'text', text: 'Всем добрый день' } };
  }
  if (channel.kind === 'instagram' && random.chance(0.3)) {
    const kind = random.pick(['story-reply', 'story-mention']);
    return { ...base, message: kind === 'story-mention' ? { kind } : { kind, text: random.pick(['Красиво', 'Где купить?', 'Сколько?']) } };
  }
  const text = random.pick(['Сколько стоит?', 'Красиво', 'Какая цена?', 'Почём?', 'Брали, довольны', 'Актуально?']);
  const post = { id: random.pick(['212', '331', '400', '401', '402']) };
  return { ...base, channel: { ...channel, surface: 'comments' }, chat: { type: 'comments' }, message: { kind: 'comment', text, post } };
}
