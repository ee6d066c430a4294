import { lookup as lookUp, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isNativeError } from 'node:util/types';
import { Agent, errors, type Dispatcher } from 'undici';
import type { OutgoingCalls as Calls } from '../channels/channel-connector.js';
import { ConnectorError } from '../channels/connector-error.js';
import { assertAllowed, toCallableUrl } from './callable-url.js';
import { decodeBody } from './decode-body.js';

type Call = Parameters<Calls['request']>[0];
type Answer = Awaited<ReturnType<Calls['request']>>;

/** Asks the system (or, in tests, a resolver of theirs) for all addresses of a name. */
export type LookUp = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** An answer's size, in bytes, as sent and after decompression. */
export const longestAnswer = 10 * 1024 * 1024;
const defaultTimeoutMs = 15_000;

/**
 * The one HTTP client for addresses that people, platforms or messages supply. Public addresses only, unless `allowPrivateNetwork`; every address of the
 * name's answer is judged inside the socket's own look-up, so that no second look-up can differ. https only (http too with `allowPrivateNetwork`), no
 * redirects, no proxy, bounded in time and size. Errors are `ConnectorError`s and name the host only.
 */
export class OutgoingCalls implements Calls {
  private readonly agent: Agent;

  constructor(
    private readonly options: { allowPrivateNetwork: boolean },
    lookup: LookUp = lookUp,
  ) {
    // Our own clock bounds the whole call, so undici's partial ones are off; long polling waits longer than they would.
    this.agent = new Agent({
      connect: { lookup: guardedLookup(lookup, options.allowPrivateNetwork), timeout: 10_000 },
      headersTimeout: 0,
      bodyTimeout: 0,
      connections: 64,
    });
  }

  async request(call: Call): Promise<Answer> {
    const url = toCallableUrl(call.url, this.options.allowPrivateNetwork);
    const answer = await dispatch(this.agent, url, call);
    try {
      return { ...answer, body: await decodeBody(answer.body, answer.headers['content-encoding'], longestAnswer) };
    } catch (error) {
      throw new ConnectorError('unknown', inBoth(`${url.host}: ответ не читается`, `${url.host}: the answer cannot be read`, error));
    }
  }

  /** Ends idle connections and waits for the calls under way. */
  async close(): Promise<void> {
    if (!this.agent.closed) await this.agent.close();
  }
}

function guardedLookup(lookup: LookUp, allowPrivateNetwork: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      try {
        assertAllowed(
          host,
          addresses.map(({ address }) => address),
          allowPrivateNetwork,
        );
      } catch (refusal) {
        return done(refusal as NodeJS.ErrnoException, '');
      }
      const [first] = addresses;
      if (!first) return done(Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' }), '');
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** One call on the wire. `sent` is the line between «surely did not arrive» and «may have arrived»: undici starts a request only on an open connection. */
function dispatch(agent: Agent, url: URL, call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let sent = false;
    let over = false;
    let controller: Dispatcher.DispatchController | undefined;
    let answer: Answer | undefined;
    const chunks: Buffer[] = [];
    let size = 0;

    const finish = (end: () => void): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', stopped);
      end();
    };
    const fail = (error: unknown): void => finish(() => reject(toConnectorError(error, url, sent)));
    const giveUp = (message: string): void => {
      fail(new Error(message));
      controller?.abort(new Error(message));
    };
    const timeoutMs = call.timeoutMs ?? defaultTimeoutMs;
    const timer = setTimeout(
      () => giveUp(`нет полного ответа за ${timeoutMs / 1000} с / no whole answer within ${timeoutMs / 1000} s`),
      timeoutMs,
    );
    const stopped = (): void => giveUp('вызов остановлен / the call was stopped');
    call.signal?.addEventListener('abort', stopped);
    if (call.signal?.aborted) return stopped();

    try {
      agent.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: call.method,
          headers: { 'user-agent': 'Razvilka', ...call.headers },
          body: call.body ?? null,
        },
        {
          onRequestStart(started) {
            controller = started;
            if (over) started.abort(new Error('given up before it was sent'));
            else sent = true;
          },
          onResponseStart(_, status, headers) {
            if (status < 200) return;
            answer = { status, headers: flatten(headers), body: Buffer.alloc(0) };
            if (Number(headers['content-length']) > longestAnswer)
              giveUp(`ответ больше ${longestAnswer} байт / the answer is over ${longestAnswer} bytes`);
          },
          onResponseData(_, chunk) {
            size += chunk.length;
            if (size > longestAnswer) giveUp(`ответ больше ${longestAnswer} байт / the answer is over ${longestAnswer} bytes`);
            else chunks.push(chunk);
          },
          onResponseEnd() {
            const whole = answer;
            if (whole) finish(() => resolve({ ...whole, body: Buffer.concat(chunks) }));
            else fail(new Error('ответа нет / no answer came'));
          },
          onResponseError(_, error) {
            fail(error);
          },
        },
      );
    } catch (error) {
      fail(error);
    }
  });
}

function toConnectorError(error: unknown, url: URL, sent: boolean): ConnectorError {
  const cause = deepest(error);
  if (cause instanceof ConnectorError) return cause;
  // A header with a line end, for example: nothing was sent and no retry will help.
  if (cause instanceof errors.InvalidArgumentError)
    return new ConnectorError('misconfigured', `Запрос к ${url.host} составлен неверно / The call to ${url.host} is not well formed`);
  if (sent)
    return new ConnectorError(
      'unknown',
      inBoth(`${url.host}: запрос ушёл, ответа нет`, `${url.host}: the request left, no answer came`, cause),
    );
  return new ConnectorError('unreachable', inBoth(`${url.host} недоступен`, `${url.host} is out of reach`, cause));
}

/** «ru: причина / en: reason»: a reason of ours is itself in both languages, a code of the system is one for both. */
function inBoth(ru: string, en: string, cause: unknown): string {
  const reason = reasonOf(cause);
  const [russian = reason, english = russian] = reason.split(' / ');
  return `${ru}: ${russian} / ${en}: ${english}`;
}

/** Several addresses tried give an AggregateError, a wrapper its cause; ours, if there is one, decides. */
function deepest(error: unknown): unknown {
  if (error instanceof ConnectorError || !isNativeError(error)) return error;
  const inner: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (inner.length > 0) return deepest(inner.find((one) => one instanceof ConnectorError) ?? inner[0]);
  return isNativeError(error.cause) ? deepest(error.cause) : error;
}

/** A code where there is one: texts of the network's errors repeat addresses and sometimes headers. */
function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
