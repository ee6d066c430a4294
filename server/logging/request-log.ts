import type { FastifyInstance } from 'fastify';
import type { Logger as Pino } from 'pino';

/**
 * One line per request when its answer has left. The route's pattern stands for the address, so no key or token of a path or query is ever written. Pages,
 * streams and health checks tell nothing new and are written at `debug`.
 */
export function logRequests(server: FastifyInstance, log: Pino): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    const line = {
      context: 'http',
      request: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    const isTelling = /^\/(api|hooks|chat)\//.test(route) && reply.statusCode !== 304;
    if (reply.statusCode >= 500) log.warn(line);
    else if (isTelling) log.info(line);
    else log.debug(line);
    done();
  });
}
