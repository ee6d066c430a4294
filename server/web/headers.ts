import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';

/*
 * 'unsafe-inline' for styles alone: Mantine positions its drop-downs and sets its colours by style attributes and style tags that it makes in the browser.
 * Scripts have no such exception.
 */
const pagePolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `manifest-src 'self'`,
  `frame-ancestors 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `object-src 'none'`,
].join('; ');

/** The headers of every answer. */
export function protectAnswers(server: FastifyInstance, config: Config): void {
  server.addHook('onRequest', (request, reply, done) => {
    protectAnswer(request, reply, config);
    done();
  });
}

/** For answers that leave before any hook. The web chat's page is made to stand in other sites, so its own controller says who may frame it. */
export function protectAnswer(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  const isHttps = (config.publicUrl?.startsWith('https:') ?? false) || request.protocol === 'https';
  void reply.header('x-request-id', request.id);
  void reply.header('x-content-type-options', 'nosniff');
  void reply.header('referrer-policy', 'no-referrer');
  if (!request.url.startsWith('/chat/')) {
    void reply.header('content-security-policy', pagePolicy);
    void reply.header('x-frame-options', 'DENY');
    void reply.header('cross-origin-opener-policy', 'same-origin');
    void reply.header('cross-origin-resource-policy', 'same-origin');
  }
  if (/^\/(api|hooks)(\/|\?|$)/.test(request.url)) void reply.header('cache-control', 'no-store');
  if (isHttps) void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
}
