import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../api/session.js';

/** Who calls: a person with a session, or an API token (then `userId` and `sessionId` are null). */
export interface Caller {
  accountId: string;
  userId: string | null;
  tokenId: string | null;
  sessionId: string | null;
  name: string;
  role: Role;
  language: 'ru' | 'en';
  ip: string;
}

/** The handler's caller; on a `@Public()` handler there is none, so it is not used there. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Error('@Caller() on a handler that the guard left open');
  return caller;
});

const callers = new WeakMap<object, Caller>();

/** Remembers the caller for the time of the request; the guard does. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request.raw, caller);
}

/** The request's caller, or undefined before or without the guard. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request.raw);
}
