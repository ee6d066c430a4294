import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { scrub } from './scrub.js';

// Never in a log, wherever they stand: proofs of identity, and what clients write.
const hidden = [
  'authorization',
  'cookie',
  'set-cookie',
  'secret',
  'secrets',
  'token',
  'password',
  'passwordHash',
  'body',
  'text',
  'parameters',
];
const paths = hidden.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/** Nest's own tales of its start are for those who look for a fault in it. */
const chatter = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication', 'WebSocketsController']);

/**
 * One JSON line per event, on standard error: standard output has the address and the set-up link alone. `level` as in LOG_LEVEL. Secrets are masked by
 * name and, inside texts, by shape.
 */
export function createPino(level: string, destination: { write(line: string): void } = pino.destination({ dest: 2, sync: true })): Pino {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[hidden]' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errorForLog },
      hooks: { streamWrite: scrub },
    },
    destination,
  );
}

/** Nest's loggers (`new Logger('context')`) write through pino. A message is a text, or an object with `event` and its facts. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    const { context } = partsOf(rest);
    this.write(context !== undefined && chatter.has(context) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const { context, stack } = partsOf(rest);
    const about = { context, stack };
    if (message instanceof Error) this.pino[level]({ ...about, error: message });
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...about, ...message });
    else this.pino[level](about, String(message));
  }
}

/** Nest adds the context last, and a stack before it. */
function partsOf(rest: unknown[]): { context?: string; stack?: string } {
  const texts = rest.filter((part) => typeof part === 'string');
  const context = texts.at(-1);
  const stack = texts.length > 1 ? texts[0] : undefined;
  return { context, stack };
}

/** A database's error carries the statement's values, which are data: only what names the fault is kept. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return { issues: error };
  const inner: unknown = Reflect.get(error, 'driverError') ?? error.cause;
  return {
    type: error.name,
    message: error.message,
    code: Reflect.get(error, 'code') as unknown,
    query: Reflect.get(error, 'query') as unknown,
    stack: error.stack,
    cause: inner instanceof Error && inner !== error ? errorForLog(inner) : undefined,
  };
}
