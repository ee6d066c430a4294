import { Reflector } from '@nestjs/core';
import { roles, type Role } from '../../api/session.js';

/** Who may call the handler (or every handler of the class). A handler without it, and without `@Public()`, refuses everybody. */
export const Roles = (...allowed: Role[]) => rolesOf(allowed);
const rolesOf = Reflector.createDecorator<Role[]>();

/** For `@Roles(...everyone)`: whoever is signed in. */
export const everyone: readonly Role[] = roles;

/** Open to anybody; the handler looks after itself. */
export const Public = () => publicMark(true);
const publicMark = Reflector.createDecorator<boolean>();

/** The keys that the guard reads. */
export const marks = { rolesOf, publicMark };
