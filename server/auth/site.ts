import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';

/** The address under which this request's sender knows the server, without a slash at the end: PUBLIC_URL, or the request's own host. */
export function siteUrl(request: FastifyRequest, config: Config): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`;
}

/** Whether an Origin header names this server: PUBLIC_URL's origin, or that of the request's own host. */
export function isOwnOrigin(origin: string, request: FastifyRequest, config: Config): boolean {
  return (
    origin === `${request.protocol}://${request.host}` || (config.publicUrl !== undefined && origin === new URL(config.publicUrl).origin)
  );
}

/**
 * How the sender reaches us: `secure` over https (ours or that of the proxy which PUBLIC_URL stands for), `local` over plain http on this machine or in a
 * private network, `exposed` over plain http anywhere else, where a cookie could be read on the way.
 */
export function exposureOf(request: FastifyRequest, config: Config): 'secure' | 'local' | 'exposed' {
  if (request.protocol === 'https') return 'secure';
  const publicUrl = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  if (publicUrl?.protocol === 'https:' && (publicUrl.host === request.host || publicUrl.origin === request.headers.origin)) return 'secure';
  return isNearby(request.hostname) ? 'local' : 'exposed';
}

function isNearby(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(name) === 4) return /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(name);
  if (isIP(name) === 6) return name === '::1' || /^f[cd]|^fe[89ab]/.test(name);
  // A name without a dot (a container, a machine of the local network) cannot be a public one.
  return name === 'localhost' || /^[^.]+$|\.(localhost|local|lan|internal|home\.arpa)$/.test(name);
}
