import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { findInProject } from '../config/find-in-project.js';

/** The browser app: its files for a year (their names hold a hash), its page for every other address, so that a link to any page of it opens. */
export async function servePages(server: FastifyInstance): Promise<void> {
  // Built by `npm run build`.
  const root = findInProject('dist/builder/assets')?.replace(/assets$/, '');
  if (root === undefined) return;
  await server.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
    setHeaders: (reply, path) => {
      if (!path.includes('/assets/') && !path.includes('\\assets\\')) reply.header('cache-control', 'no-cache');
    },
  });
  server.get('/*', (request, reply) => {
    const isOther = /^\/(api|hooks|chat|healthz|readyz|metrics|assets)(\/|\?|$)/.test(request.url);
    return isOther ? reply.callNotFound() : reply.sendFile('index.html');
  });
}
