import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConnectorError } from '../channels/connector-error.js';
import { longestAnswer, OutgoingCalls, type LookUp } from './outgoing-calls.js';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

describe('addresses that are not called', () => {
  test.each([
    'https://127.0.0.1:PORT/', 'https://127.1:PORT/', 'https://2130706433:PORT/', 'https://0x7f.1:PORT/', 'https://0x7f000001:PORT/', 'https://0177.0.0.1:PORT/',
    'https://017700000001:PORT/', 'https://127.0.0.01:PORT/', 'https://①②⑦.0.0.1:PORT/', 'https://127。0。0。1:PORT/', 'https://127．0．0．1:PORT/', 'https://127.0.0.1.:PORT/',
    'https://127.255.255.254:PORT/', 'https://%31%32%37.0.0.1:PORT/', 'https://[::1]:PORT/', 'https://[0:0:0:0:0:0:0:1]:PORT/', 'https://[::]:PORT/',
    'https://[::ffff:127.0.0.1]:PORT/', 'https://[::ffff:7f00:1]:PORT/', 'https://[0:0:0:0:0:ffff:7f00:1]:PORT/', 'https://[::127.0.0.1]:PORT/',
    'https://[::ffff:0:127.0.0.1]:PORT/', 'https://[64:ff9b::7f00:1]:PORT/', 'https://[64:ff9b::10.0.0.1]:PORT/', 'https://[64:ff9b:1::7f00:1]:PORT/',
    'https://[2002:7f00:1::]:PORT/', 'https://[2002:a9fe:a9fe::1]:PORT/', 'https://[2001:0:7f00:1::]:PORT/', 'https://[fc00::1]:PORT/', 'https://[fd12:3456::1]:PORT/',
    'https://[fe80::1]:PORT/', 'https://[fec0::1]:PORT/', 'https://[ff02::1]:PORT/', 'https://[2001:db8::1]:PORT/', 'https://[4000::1]:PORT/', 'https://0:PORT/',
    'https://0.0.0.0:PORT/', 'https://0.1.2.3:PORT/', 'https://10.0.0.1:PORT/', 'https://10.255.255.255:PORT/', 'https://100.64.0.1:PORT/', 'https://100.127.255.254:PORT/',
    'https://169.254.169.254/latest/meta-data/', 'https://172.16.0.1:PORT/', 'https://172.31.255.255:PORT/', 'https://192.0.0.1:PORT/', 'https://192.168.0.1:PORT/',
    'https://198.18.0.1:PORT/', 'https://203.0.113.5:PORT/', 'https://224.0.0.1:PORT/', 'https://255.255.255.255:PORT/', 'https://localhost:PORT/',
    'https://LOCALHOST:PORT/', 'http://127.0.0.1:PORT/', 'http://example.test:PORT/', 'https://user@127.0.0.1:PORT/', 'https://user:password@example.test/',
    'https://example.test@127.0.0.1:PORT/', 'https://127.0.0.1:PORT\\@example.test/', 'https://example.test\r\nHost: 127.0.0.1/', 'https://127.0.0\t.1:PORT/', ' https://127.0.0.1:PORT/',
    'file:///etc/passwd', 'gopher://127.0.0.1:PORT/_x', 'data:text/plain,x', 'ftp://127.0.0.1:PORT/', 'javascript:1', 'blob:https://127.0.0.1/x', 'unix:/tmp/x', 'ws://127.0.0.1:PORT/',
    '//127.0.0.1:PORT/', '127.0.0.1:PORT', '', 'https://', 'https://[::1', 'https://256.256.256.256/', 'https://exa mple.test/',
  ])('%j', async (address) => {
    const { port, hits } = await listener();
    const calls = guarded({ allowPrivateNetwork: false });
    const refusal = await failureOf(calls.request({ method: 'GET', url: address.replace('PORT', String(port)) }));
    expect(refusal.kind).toBe('misconfigured');
    expect(hits()).toBe(0);
  }); // oxfmt-ignore

  test.each([
    ['a private answer', ['127.0.0.1']],
    ['a private answer among public ones', ['93.184.215.14', '10.0.0.7']],
    ['a private IPv6 answer among public ones', ['93.184.215.14', 'fd00::1']],
    ['a mapped answer', ['::ffff:127.0.0.1']],
    ['a NAT64 answer', ['64:ff9b::7f00:1']],
    ['the metadata service', ['169.254.169.254']],
    ['a link-local answer with a zone', ['fe80::1%eth0']],
  ])('a name with %s', async (_, addresses) => {
    const { port, hits } = await listener();
    const calls = guarded({ allowPrivateNetwork: false }, resolver([addresses]));
    const refusal = await failureOf(calls.request({ method: 'GET', url: `https://shop.example.test:${port}/` }));
    expect(refusal.kind).toBe('misconfigured');
    expect(refusal.message).toContain('shop.example.test');
    expect(hits()).toBe(0);
  });

  test('a name that turns private between two calls', async () => {
    const { port, hits } = await listener();
    const lookup = resolver([['93.184.215.14', '10.1.1.1'], ['127.0.0.1']]);
    const calls = guarded({ allowPrivateNetwork: false }, lookup);
    const url = `https://rebind.example.test:${port}/`;
    for (const _ of [1, 2]) expect((await failureOf(calls.request({ method: 'GET', url }))).kind).toBe('misconfigured');
    expect(hits()).toBe(0);
  });

  test.each(['http://169.254.169.254/latest/', 'http://[fe80::1]/', 'http://224.0.0.1/'])('%s even in an own network', async (url) => {
    const calls = guarded({ allowPrivateNetwork: true });
    expect((await failureOf(calls.request({ method: 'GET', url }))).kind).toBe('misconfigured');
  });
});

describe('calls', () => {
  test('give the answer as it came, whatever its status', async () => {
    const url = await server((request, response) => {
      response.writeHead(418, { 'x-seen': [request.method, request.headers['x-key']].join(' '), 'set-cookie': ['a=1', 'b=2'] });
      request.pipe(response);
    });
    const answer = await own().request({ method: 'POST', url: `${url}/path?q=1`, headers: { 'x-key': 'k' }, body: 'привет' });
    expect(answer.status).toBe(418);
    expect(answer.headers).toMatchObject({ 'x-seen': 'POST k', 'set-cookie': 'a=1, b=2' });
    expect(answer.body.toString()).toBe('привет');
  });

  test('do not follow redirects', async () => {
    const { port, hits } = await listener();
    const url = await server((_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end());
    const answer = await own().request({ method: 'GET', url, headers: { authorization: 'Bearer secret' } });
    expect([answer.status, hits()]).toEqual([302, 0]);
  });

  test('unpack gzip', async () => {
    const url = await server((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('да')));
    expect((await own().request({ method: 'GET', url })).body.toString()).toBe('да');
  });

  test('reach names through the given look-up', async () => {
    const url = await server((request, response) => response.end(request.headers.host));
    const calls = guarded({ allowPrivateNetwork: true }, resolver([['127.0.0.1']]));
    const named = url.replace('127.0.0.1', 'crm.example.test');
    expect(`http://${(await calls.request({ method: 'GET', url: named })).body.toString()}`).toBe(named);
  });
});

describe('an answer that never ends well is an unknown outcome', () => {
  const packed = gzipSync(Buffer.alloc(longestAnswer + 1));
  test.each<[string, RequestListener]>([
    ['too long by its own word', (_, response) => response.writeHead(200, { 'content-length': longestAnswer + 1 }).flushHeaders()],
    ['endless', (_, response) => void setImmediate(function more() {
      if (!response.destroyed) response.write(Buffer.alloc(1 << 18), () => setImmediate(more));
    })],
    ['a gzip bomb', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)],
    ['packed twice', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(packed)],
    ['broken gzip', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')],
    ['silent', () => undefined],
    ['a slow drip', (_, response) => drip(() => response.write('x'), response)],
    ['huge headers', (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end()],
    ['reset before an answer', (request) => request.socket.destroy()],
    ['reset in the middle', (request, response) => response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy())],
  ])('%s', async (_, listen) => {
    const url = await server(listen);
    const failure = await failureOf(own().request({ method: 'POST', url: `${url}/bot123:SECRET/send`, body: '{}', timeoutMs: 1_000 }));
    expect(failure.kind).toBe('unknown');
    expect(failure.message).not.toContain('SECRET');
  }); // oxfmt-ignore

  test('stopped by the caller', async () => {
    const stop = new AbortController();
    const url = await server(() => stop.abort());
    expect((await failureOf(own().request({ method: 'GET', url, signal: stop.signal }))).kind).toBe('unknown');
  });
});

describe('a call that surely did not arrive is unreachable', () => {
  test('refused connection', async () => {
    const { port, close } = await listener();
    await close();
    const failure = await failureOf(own().request({ method: 'POST', url: `http://127.0.0.1:${port}/bot123:SECRET`, body: '{}' }));
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toContain('ECONNREFUSED');
    expect(failure.message).not.toContain('SECRET');
  });

  test('name not found', async () => {
    const calls = guarded({ allowPrivateNetwork: false }, (host, _, done) =>
      done(Object.assign(new Error(host), { code: 'ENOTFOUND' }), []),
    );
    const failure = await failureOf(calls.request({ method: 'GET', url: 'https://nobody.example.test/' }));
    expect([failure.kind, failure.message]).toEqual([
      'unreachable',
      'nobody.example.test недоступен: ENOTFOUND / nobody.example.test is out of reach: ENOTFOUND',
    ]);
  });

  test('no TLS on the other side', async () => {
    const url = await server((_, response) => response.end());
    expect((await failureOf(own().request({ method: 'GET', url: url.replace('http:', 'https:') }))).kind).toBe('unreachable');
  });

  test('out of time before the connection, and nothing is sent later', async () => {
    let answerLookup = (): void => undefined;
    const { port, hits } = await listener();
    const calls = guarded({ allowPrivateNetwork: true }, (_, __, done) => {
      answerLookup = () => done(null, [{ address: '127.0.0.1', family: 4 }]);
    });
    const failure = await failureOf(calls.request({ method: 'GET', url: `http://slow.example.test:${port}/`, timeoutMs: 50 }));
    expect(failure.kind).toBe('unreachable');
    answerLookup();
    await calls.close();
    expect(hits('bytes')).toBe(0);
  });

  test('stopped before it began', async () => {
    const { port, hits } = await listener();
    const failure = await failureOf(own().request({ method: 'GET', url: `http://127.0.0.1:${port}/`, signal: AbortSignal.abort() }));
    expect([failure.kind, hits()]).toEqual(['unreachable', 0]);
  });
});

test('a header with a line end is the settings’ fault and is not repeated in the message', async () => {
  const { port, hits } = await listener();
  const failure = await failureOf(
    own().request({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: { 'x-key': 'SECRET\r\nx: y' } }),
  );
  expect([failure.kind, hits('bytes')]).toEqual(['misconfigured', 0]);
  expect(failure.message).not.toContain('SECRET');
});

function guarded(options: { allowPrivateNetwork: boolean }, lookup?: LookUp): OutgoingCalls {
  const calls = new OutgoingCalls(options, lookup);
  ends.push(() => calls.close());
  return calls;
}

function own(): OutgoingCalls {
  return guarded({ allowPrivateNetwork: true });
}

/** A resolver that gives the answers one after another; the last stays. */
function resolver(answers: string[][]): LookUp {
  let asked = 0;
  return (_, __, done) => {
    const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
    done(null, answer.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))); // oxfmt-ignore
  };
}

async function failureOf(call: Promise<unknown>): Promise<ConnectorError> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${String(failure)}`);
  return failure;
}

/** A loopback socket that counts who comes, and the bytes that they bring. */
async function listener(): Promise<{ port: number; hits: (what?: 'bytes') => number; close: () => Promise<void> }> {
  let connections = 0;
  let bytes = 0;
  const open = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    connections++;
    open.add(socket.on('data', (chunk) => (bytes += chunk.length)).on('error', () => undefined));
  });
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((done) => void tcp.close(() => done()));
  };
  const port = await listen(tcp);
  ends.push(close);
  return { port, hits: (what) => (what === 'bytes' ? bytes : connections), close };
}

async function server(answer: RequestListener): Promise<string> {
  const http = createServer(answer);
  const port = await listen(http);
  ends.push(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${port}`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

function drip(drop: () => unknown, until: { on(event: 'close', then: () => void): unknown }): void {
  drop();
  const timer = setInterval(drop, 100);
  until.on('close', () => clearInterval(timer));
}
