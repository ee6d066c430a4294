import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { Metrics } from './health/metrics.js';
import { PinoLogger } from './logging/logger.js';
import { logRequests } from './logging/request-log.js';
import { ProblemFilter, problemOf, writeProblem } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';
import { readBodies } from './web/bodies.js';
import { protectAnswer, protectAnswers } from './web/headers.js';
import { timeRequests } from './web/time-requests.js';

/** The server without its pages, built and not yet listening. `databaseUrl` is the owner's, migrated already. */
export async function createApplication(config: Config, databaseUrl: string, log: Pino): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    genReqId: () => randomUUID(),
    // A sender that drips its request byte by byte holds no connection for longer.
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000 },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // The router refuses an address that cannot be decoded before any hook runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      protectAnswer(request, reply, config);
      writeProblem(request, reply, problemOf(error, request));
    },
  });
  const server = adapter.getInstance();
  readBodies(server);
  protectAnswers(server, config);
  logRequests(server, log);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config, databaseUrl), adapter, {
    bodyParser: false,
    // While the server stops, senders hear 503 and come again.
    return503OnClosing: true,
    logger: new PinoLogger(log),
    abortOnError: false,
  });
  await app.register(fastifyCookie);
  timeRequests(server, app.get(Metrics));
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  if (config.role === 'worker') showHealthOnly(server);
  return app;
}

/** A worker's port is for whoever watches it. */
function showHealthOnly(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (/^\/(healthz|readyz|metrics)(\?|$)/.test(request.url)) done();
    else reply.callNotFound();
  });
}
