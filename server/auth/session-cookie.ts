import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { Forbidden } from '../problem/problems.js';
import { exposureOf } from './site.js';

/**
 * The prefix makes browsers refuse the cookie unless it is Secure and of this host alone. Browsers take no such cookie over http, so on this machine and in
 * private networks, where there is no https, it has a plain name.
 */
const names = { secure: '__Host-sid', local: 'sid' } as const;

/** The session's token that the request carries. */
export function readSessionCookie(request: FastifyRequest, config: Config): string | undefined {
  const exposure = exposureOf(request, config);
  // A plain cookie on an https site could have been planted by another subdomain.
  return request.cookies[names.secure] ?? (exposure === 'local' ? request.cookies[names.local] : undefined);
}

/** Throws `Forbidden` over plain http on a public address. */
export function writeSessionCookie(request: FastifyRequest, reply: FastifyReply, config: Config, token: string, expiresAt: Date): void {
  const exposure = refuseExposed(request, config);
  void reply.setCookie(names[exposure], token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: exposure === 'secure',
    expires: expiresAt,
  });
}

/** Passwords and cookies do not go over plain http through the internet. Throws `Forbidden` with what to do. */
export function refuseExposed(request: FastifyRequest, config: Config): 'secure' | 'local' {
  const exposure = exposureOf(request, config);
  if (exposure !== 'exposed') return exposure;
  throw new Forbidden(
    { ru: 'Вход возможен только по https', en: 'Signing in needs https' },
    {
      ru: 'По открытому http пароль и вход можно перехватить. Поставьте перед сервером прокси с TLS и укажите PUBLIC_URL=https://…',
      en: 'Over plain http the password and the session can be read on the way. Put a TLS proxy in front and set PUBLIC_URL=https://…',
    },
  );
}

/** Ends the cookie, whichever it was, and what the browser has kept of the pages. */
export function clearSessionCookie(reply: FastifyReply): void {
  void reply
    .clearCookie(names.secure, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' })
    .clearCookie(names.local, { path: '/', httpOnly: true, sameSite: 'lax' })
    .header('clear-site-data', '"cache", "storage"');
}
