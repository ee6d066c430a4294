import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../health/metrics.js';

/** Counts every answer into the histogram, by route pattern; streams last as long as their reader stays and would say nothing. */
export function timeRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    if (!route.endsWith('/stream')) {
      metrics.httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    }
    done();
  });
}
