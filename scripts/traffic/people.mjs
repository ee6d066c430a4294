const firstNames = {
  f: ['Анна', 'Мария', 'Ольга', 'Елена', 'Дарья', 'Ирина', 'Наталья', 'Светлана', 'Юлия', 'Ксения', 'Татьяна', 'Вера'],
  m: ['Иван', 'Пётр', 'Сергей', 'Алексей', 'Дмитрий', 'Олег', 'Кирилл', 'Максим', 'Андрей', 'Павел', 'Илья', 'Геннадий'],
};
const lastNames = ['Смирнов', 'Котов', 'Волков', 'Орлов', 'Белов', 'Фомин', 'Громов', 'Зуев', 'Лапин', 'Мохов', 'Носов', 'Титов'];
const logins = ['anna', 'masha', 'home', 'vasya', 'oleg', 'kot', 'dasha', 'max', 'lena', 'sun', 'moscow', 'ilya'];

/** The people who write to one desk: new ones are made, known ones come back. */
export function makePeople(random, prefix) {
  const known = new Map();
  let count = 0;
  return {
    /** Somebody new on this channel, with the fields that its platform shows. */
    stranger(channel) {
      const client = meet(channel);
      if (!known.has(channel.id)) known.set(channel.id, []);
      known.get(channel.id).push(client);
      return client;
    },
    /** Somebody who is not heard of again. */
    passerBy: meet,
    /** Somebody who wrote there before, rather of late, and has nothing going on; undefined when nobody comes to mind. */
    returning(channel, second) {
      const recent = (known.get(channel.id) ?? []).slice(-200);
      if (recent.length === 0) return undefined;
      const client = random.pick(recent);
      return client.until < second ? client : undefined;
    },
  };

  function meet(channel) {
    count += 1;
    const side = random.chance(0.5) ? 'f' : 'm';
    const last = random.chance(0.6) ? ` ${random.pick(lastNames)}${side === 'f' ? 'а' : ''}` : '';
    const person = { id: `${prefix}${count}`, name: `${random.pick(firstNames[side])}${last}` };
    if (channel.kind === 'whatsapp') person.phone = `79${String(random.below(1_000_000_000)).padStart(9, '0')}`;
    else if (channel.kind !== 'avito') person.username = `${random.pick(logins)}_${random.between(10, 9999)}`;
    return { contact: person, deal: undefined, until: -1 };
  }
}
