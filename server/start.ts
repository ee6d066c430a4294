import 'reflect-metadata';
import { isDatabaseAway } from './problem/database-errors.js';
import { BadConfig, readConfig } from './config/config.js';
import { UnsafeDatabase } from './db/refuse-unsafe.js';
import { createPino } from './logging/logger.js';
import { AlreadyRunning, run } from './run.js';

/**
 * Starts the server by the environment, and stops it when the process is asked to. Standard output has the address and, on an empty database, the set-up link;
 * the log goes to standard error. What keeps it from starting is said in a line, and ends the process with 1.
 */
export async function start(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const log = createPino(config.logLevel);
    const starting = run(config, log, (line) => process.stdout.write(`${line}\n`));
    let stoppingSince: number | undefined;
    const stop = () => {
      if (stoppingSince !== undefined) {
        // Who asks again does not want to wait. One Ctrl-C can arrive twice: from the terminal, and from npm, which passes it on.
        if (Date.now() - stoppingSince > 1_000) process.exit(130);
        return;
      }
      stoppingSince = Date.now();
      // A start that is under way is finished first: it may be what starts the embedded PostgreSQL. One that fails is told below.
      void starting
        .then((running) =>
          running.stop().then(
            () => process.exit(0),
            (error: unknown) => {
              log.error({ event: 'stop-failed', error });
              process.exit(1);
            },
          ),
        )
        .catch(() => undefined);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    process.on('unhandledRejection', (error) => log.error({ event: 'unhandled-rejection', error }));
    process.on('uncaughtException', (error) => {
      // BullMQ listens for errors of its waiting connection only once that is open: PostgreSQL going away in between must not end the server, and BullMQ
      // connects again by itself. Anything else leaves a state that nobody knows.
      if (isDatabaseAway(error)) return log.warn({ event: 'connection-lost', error });
      log.fatal({ event: 'uncaught-exception', error });
      process.exit(1);
    });
    await starting;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** One line for what a person can mend, the whole stack for what is our fault. */
function explain(error: unknown): string {
  if (error instanceof BadConfig) return `Настройки / Settings:\n${error.message}`;
  if (error instanceof AlreadyRunning || error instanceof UnsafeDatabase) return error.message;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code === 'EADDRINUSE') return 'Порт занят, задайте другой в PORT / The port is taken, set another one in PORT';
  if (code === 'EACCES' && error instanceof Error && Reflect.get(error, 'syscall') === 'listen') return `${error.message}: PORT`;
  if (code === '28P01' || code === '3D000' || code === '28000' || isDatabaseAway(error)) {
    return `База данных не отвечает / The database does not answer: ${error instanceof Error ? error.message || String(code) : String(error)}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
