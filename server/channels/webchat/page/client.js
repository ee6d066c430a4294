/**
 * The chat's own API for one visitor. The token says who he is; the browser keeps it, so that the talk goes on after a reload. Answers that are no
 * success throw `ApiError`; no answer throws what fetch throws.
 */
export function openClient(key) {
  const base = `${key}/api`;
  const stored = `razvilka-chat:${key}`;
  let token = read();
  let making;

  async function request(path, options = {}) {
    const used = token ?? (await make());
    const response = await call(path, { ...options, headers: { ...options.headers, authorization: `Bearer ${used}` } });
    if (response.status !== 401) return response;
    // The server's key or the channel is another now: this visitor is a new one.
    if (token === used) keep(null);
    return call(path, { ...options, headers: { ...options.headers, authorization: `Bearer ${await make()}` } });
  }

  async function make() {
    making ??= call('visitor', { method: 'POST' })
      .then(succeeded)
      .then((answer) => answer.json())
      .then((answer) => keep(answer.token))
      .finally(() => (making = undefined));
    return making;
  }

  // Without cookies: somebody signed in to the server in the same browser writes as a visitor like any other.
  function call(path, options) {
    return fetch(`${base}/${path}`, { ...options, credentials: 'omit', cache: 'no-store' });
  }

  // A browser may forbid storage in a frame; then the visitor lasts as long as the page.
  function read() {
    try {
      return localStorage.getItem(stored);
    } catch {
      return null;
    }
  }

  function keep(given) {
    token = given;
    try {
      if (given === null) localStorage.removeItem(stored);
      else localStorage.setItem(stored, given);
    } catch {
      // See `read`.
    }
    return given;
  }

  return {
    isKnown: () => token !== null,
    async history(after) {
      const response = succeeded(await request(`messages${after ? `?after=${after}` : ''}`));
      return (await response.json()).items;
    },
    async send(text, clientId) {
      succeeded(
        await request('messages', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text, clientId }),
        }),
      );
    },
    /** Calls `heard` with each message until the connection ends, or is silent for a minute: the server's heart beats three times in one. */
    async listen(after, opened, heard) {
      const silence = new AbortController();
      let timer;
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), 60_000);
      };
      try {
        alive();
        const path = `stream${after ? `?after=${after}` : ''}`;
        const response = succeeded(await request(path, { signal: silence.signal, headers: { accept: 'text/event-stream' } }));
        opened();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        let text = '';
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          alive();
          text += value;
          const events = text.split('\n\n');
          text = events.pop();
          for (const event of events) {
            const data = /^data: (.*)$/m.exec(event)?.[1];
            if (data) heard(JSON.parse(data));
          }
        }
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

export class ApiError extends Error {
  constructor(status, retryAfter) {
    super(`HTTP ${status}`);
    this.status = status;
    /** Seconds. */
    this.retryAfter = retryAfter;
  }
}

function succeeded(response) {
  if (response.ok) return response;
  throw new ApiError(response.status, Number(response.headers.get('retry-after')) || 0);
}
