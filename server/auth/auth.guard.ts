import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import { Forbidden, Unauthorized } from '../problem/problems.js';
import { type Caller, setCaller } from './caller.js';
import { marks } from './roles.js';
import { readSessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { isOwnOrigin } from './site.js';

/** Before every handler: who calls, may he, and did his browser mean it. A handler that says nothing of roles refuses everybody. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride(marks.publicMark, places)) {
      refuseForeignPage(request, this.config);
      return true;
    }
    const caller = await this.authenticate(request);
    if (!caller) throw new Unauthorized();
    setCaller(request, caller);
    const allowed = this.reflector.getAllAndOverride(marks.rolesOf, places) ?? [];
    if (!allowed.includes(caller.role)) throw new Forbidden();
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<Caller | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
      return token === undefined ? undefined : this.sessions.findApiToken(token, request.ip);
    }
    const token = readSessionCookie(request, this.config);
    const caller = token === undefined ? undefined : await this.sessions.find(token, request.ip);
    if (caller && isChange(request)) refuseForgery(request, this.config);
    return caller;
  }
}

function isChange(request: FastifyRequest): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS';
}

/** A browser sends the cookie by itself, so a change needs what no foreign page can send: our Origin, and a header that needs our consent. */
function refuseForgery(request: FastifyRequest, config: Config): void {
  const { origin } = request.headers;
  const isOurs = origin !== undefined && isOwnOrigin(origin, request, config);
  if (isOurs && request.headers['x-requested-with'] === 'razvilka') return;
  throw new Forbidden(
    { ru: 'Запрос пришёл не со страницы этого сервера', en: 'The request did not come from a page of this server' },
    isOurs
      ? { ru: 'Нужен заголовок X-Requested-With: razvilka', en: 'The header X-Requested-With: razvilka is needed' }
      : {
          ru: 'Заголовок Origin должен называть этот сервер; за прокси задайте PUBLIC_URL',
          en: 'The Origin header must name this server; behind a proxy set PUBLIC_URL',
        },
  );
}

/** Signing in from a foreign page would put a stranger's session into the browser. Programs send no Origin; hooks and the web chat are open to all pages. */
function refuseForeignPage(request: FastifyRequest, config: Config): void {
  const { origin } = request.headers;
  const isApi = request.url.startsWith('/api/');
  if (origin !== undefined && isApi && isChange(request) && !isOwnOrigin(origin, request, config)) {
    throw new Forbidden({ ru: 'Запрос пришёл с чужой страницы', en: 'The request came from a foreign page' });
  }
}
