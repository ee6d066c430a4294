import { HttpException } from '@nestjs/common';

/** One place of a bad input: the path as in `settings.token` or `nodes[1].id` (empty for the whole), and what is wrong there. */
export interface Place {
  path: string;
  detail: string;
}

/** The body of every error: application/problem+json. `more` adds members of its own, such as the findings of a refused publish. */
export interface ProblemBody {
  title: string;
  status: number;
  detail?: string;
  errors?: Place[];
  [more: string]: unknown;
}

/** What a handler throws; the filter of problem.filter.ts writes it. Everything in it is shown to the caller. */
export class Problem extends HttpException {
  constructor(
    status: number,
    title: string,
    readonly more: { detail?: string; errors?: Place[] } & Record<string, unknown> = {},
    /** Seconds until a repeat makes sense. */
    readonly retryAfter?: number,
  ) {
    super(title, status);
  }

  get body(): ProblemBody {
    return { title: this.message, status: this.getStatus(), ...this.more };
  }
}

/** 404, also for what belongs to another account: the two must not be told apart. */
export class NotFound extends Problem {
  constructor(title = 'Не найдено / Not found') {
    super(404, title);
  }
}

/** 409: right in itself, but somebody changed things in between or they are in use. */
export class Conflict extends Problem {
  constructor(title: string, detail?: string) {
    super(409, title, detail === undefined ? {} : { detail });
  }
}

/** 422: understood and wrong, with the places. */
export class Invalid extends Problem {
  constructor(errors: Place[], title = 'Проверьте введённое / Check what was entered', more: Record<string, unknown> = {}) {
    super(422, title, { errors, ...more });
  }
}

/** 403: known, but not allowed. */
export class Forbidden extends Problem {
  constructor(title = 'Недостаточно прав / Not allowed') {
    super(403, title);
  }
}

/** 401: nobody is signed in, or the proof is wrong. */
export class Unauthorized extends Problem {
  constructor(title = 'Войдите, чтобы продолжить / Sign in to continue') {
    super(401, title);
  }
}

/** 429 with Retry-After, in whole seconds. */
export class TooManyRequests extends Problem {
  constructor(retryAfter: number, title = 'Слишком много попыток, подождите / Too many attempts, wait') {
    super(429, title, {}, Math.max(1, Math.ceil(retryAfter)));
  }
}

/** 503 with Retry-After: the database or the queue is away for a moment. */
export class Unavailable extends Problem {
  constructor(title = 'Сервис временно недоступен / Temporarily unavailable', retryAfter = 5) {
    super(503, title, {}, retryAfter);
  }
}
