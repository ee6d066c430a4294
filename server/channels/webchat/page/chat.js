import { ApiError, openClient } from './client.js';
import { openMessageList } from './message-list.js';
import { texts } from './texts.js';

const { key, greeting, color } = document.body.dataset;
const isFramed = window.parent !== window;
const find = (selector) => document.querySelector(selector);
const [form, field, state, scroll, close] = ['.write', '#text', '.state', '.scroll', '.close'].map(find);
const client = openClient(key);
const list = openMessageList(find('.messages'), scroll);

/** The last message that the server told, by its id. */
let last = '';
let isListening = false;
let isSending = false;
const unsent = [];

label();
paint(color);
if (greeting) list.put({ id: 'greeting', from: 'company', text: greeting, at: '' });
if (client.isKnown()) void listen();
if (!isFramed) field.focus();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  write();
});
field.addEventListener('input', fit);
field.addEventListener('keydown', (event) => {
  // Enter that ends the choice of a Chinese or Japanese word sends nothing.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  write();
});
close.addEventListener('click', leave);
document.addEventListener('keydown', (event) => event.key === 'Escape' && isFramed && leave());
window.addEventListener('online', reconnect);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && reconnect());
window.addEventListener('message', (event) => event.source === window.parent && event.data?.razvilka === 'opened' && field.focus());

function write() {
  const text = field.value.trim();
  if (text === '') return;
  field.value = '';
  fit();
  const message = { id: newId(), from: 'visitor', text, at: new Date().toISOString(), state: 'sending' };
  unsent.push(message);
  list.put(message);
  void send();
}

/** One after another, so that they arrive as they were written; each with its own id, so that sending again never doubles it. */
async function send() {
  if (isSending) return;
  isSending = true;
  for (let tries = 0; unsent.length > 0;) {
    const [message] = unsent;
    try {
      await client.send(message.text, message.id);
      unsent.shift();
      tries = 0;
      say('');
      // The stream usually tells it before the answer comes here.
      if (list.has(message.id)) list.put({ ...message, state: undefined });
      void listen();
    } catch (error) {
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
        unsent.shift();
        fail(message, error.status === 404);
        continue;
      }
      tries += 1;
      const isBusy = error instanceof ApiError && error.status === 429;
      say(isBusy ? texts.busy : texts.offline);
      await pause(isBusy ? error.retryAfter * 1000 || 3_000 : waitMs(tries));
    }
  }
  isSending = false;
}

function fail(message, isClosed) {
  if (isClosed) say(texts.closed);
  const again = () => {
    unsent.push(message);
    list.put(message);
    void send();
  };
  list.put({ ...message, state: 'failed', again });
}

/** Keeps one stream open; what was said while there was none comes with the next. */
async function listen() {
  if (isListening) return;
  isListening = true;
  for (let tries = 1; ; tries++) {
    try {
      const opened = () => {
        tries = 0;
        if (unsent.length === 0) say('');
      };
      await client.listen(last, opened, hear);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        say(texts.closed);
        isListening = false;
        return;
      }
      if (tries > 1) say(texts.offline);
    }
    await pause(waitMs(tries));
  }
}

function hear(message) {
  if (message.deleted) return list.remove(message.id);
  const isNew = !list.has(message.id);
  list.put(message);
  if (message.id > last) last = message.id;
  if (isNew && message.from === 'company') tell({ razvilka: 'message', at: message.at });
}

let wake = () => undefined;

function pause(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function reconnect() {
  wake();
}

function waitMs(tries) {
  return Math.min(1_000 * 2 ** tries, 30_000) * (0.75 + Math.random() / 2);
}

function label() {
  document.documentElement.lang = texts.language;
  find('label[for=text]').textContent = texts.write;
  field.placeholder = texts.placeholder;
  find('.send').ariaLabel = texts.send;
  find('.send').title = texts.send;
  scroll.ariaLabel = texts.messages;
  close.ariaLabel = texts.close;
  close.title = texts.close;
  close.hidden = !isFramed;
}

/** White or black letters, whichever reads better on the accent (relative luminance, WCAG 2). */
function paint(accent) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(accent.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const isLight = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179;
  document.documentElement.style.setProperty('--accent', accent);
  document.documentElement.style.setProperty('--on-accent', isLight ? '#000000' : '#ffffff');
}

/** The field grows with its text up to its greatest height. */
function fit() {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}

function leave() {
  tell({ razvilka: 'close' });
}

/** To the site around, whose origin may be any: nothing that anybody wrote is told. */
function tell(news) {
  if (isFramed) window.parent.postMessage(news, '*');
}

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

/** 128 bits; `randomUUID` is missing on pages without https. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
