import { texts } from './texts.js';

/** The messages on the page, in order, each once. Everything that people wrote is set as text. */
export function openMessageList(list, scroll) {
  /** By the server's id, or by the browser's until the server has told its own. */
  const shown = new Map();

  function put(message) {
    const wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    const pending = message.clientId && shown.get(message.clientId);
    const known = shown.get(message.id) ?? pending;
    if (pending) shown.delete(message.clientId);
    const item = known?.item ?? document.createElement('li');
    shown.set(message.id, { item, message });
    draw(item, message);
    place(item, message);
    if (wasAtEnd || message.from === 'visitor') scroll.scrollTop = scroll.scrollHeight;
  }

  function remove(id) {
    shown.get(id)?.item.remove();
    shown.delete(id);
  }

  /** Before the first one that is later; unsent ones stay last. */
  function place(item, message) {
    const later = [...shown.values()]
      .filter((other) => other.item !== item && other.item.isConnected && orderOf(other.message) > orderOf(message))
      .toSorted((a, b) => (orderOf(a.message) < orderOf(b.message) ? -1 : 1))[0];
    if (item.isConnected && item.nextElementSibling === (later?.item ?? null)) return;
    list.insertBefore(item, later?.item ?? null);
  }

  return { put, remove, has: (id) => shown.has(id) };
}

/** What the server has not taken yet comes after everything that it has; the greeting, which has no time, before. */
function orderOf({ state, at, id }) {
  return `${state ? 'z' : 'a'} ${at} ${id}`;
}

function draw(item, { from, text, at, edited, attachments = [], state, again }) {
  item.className = `message ${from}${state === 'failed' ? ' failed' : ''}`;
  const who = element('span', from === 'visitor' ? texts.you : texts.company);
  who.className = 'unseen';
  const parts = [who];
  if (text) parts.push(element('p', text));
  for (const { name, url } of attachments) parts.push(attachmentLink(name, url));
  parts.push(under(at, edited, state));
  if (again) {
    const button = element('button', texts.again);
    button.type = 'button';
    button.className = 'again';
    button.addEventListener('click', again);
    parts.push(button);
  }
  item.replaceChildren(...parts);
}

function under(at, edited, state) {
  const line = element('span', '');
  line.className = 'under';
  if (state) {
    line.textContent = texts[state];
    return line;
  }
  if (!at) return line;
  const time = element('time', shortTime(at));
  time.dateTime = at;
  time.title = new Date(at).toLocaleString(texts.language);
  line.append(time, edited ? `, ${texts.edited}` : '');
  return line;
}

function shortTime(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(texts.language, isToday ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' });
}

/** Only addresses of the web become links. */
function attachmentLink(name, url) {
  const label = name || texts.file;
  if (!url || !/^https?:\/\//i.test(url)) return element('p', label);
  const link = element('a', label);
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
