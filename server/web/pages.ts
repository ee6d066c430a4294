import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { findInProject } from '../config/find-in-project.js';

/** The browser app: its files for a year (their names hold a hash), its page for every other address, so that a link to any page of it opens. */
export async function servePages(server: FastifyInstance): Promise<void> {
  // Built by `npm run build`.
  const assets = findInProject('dist/builder/assets');
  if (assets === undefined) return;
  const root = assets.replace(/assets$/, '');
  await server.register(fastifyStatic, {
    root: assets,
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  // Beside the assets the build leaves these two; a route for each of hundreds of files would take a fifth of every start.
  const ownPages = { root, cacheControl: false };
  server.get('/icon.svg', (_, reply) => reply.header('cache-control', 'no-cache').sendFile('icon.svg', ownPages));
  server.get('/*', (request, reply) => {
    const isOther = /^\/(api|hooks|chat|healthz|readyz|metrics|assets)(\/|\?|$)/.test(request.url);
    return isOther ? reply.callNotFound() : reply.header('cache-control', 'no-cache').sendFile('index.html', ownPages);
  });
}
