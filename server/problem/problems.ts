import { HttpException } from '@nestjs/common';

/** What a person reads: one text, or both languages, of which the answer carries the reader's. */
export type Text = string | { ru: string; en: string };

/** One place of a bad input: the path as in `settings.token` or `nodes[1].id` (empty for the whole), and what is wrong there. */
export interface Place {
  path: string;
  detail: Text;
}

/** What a handler throws; problem.filter.ts writes it as application/problem+json. Everything in it is shown to the caller. */
export class Problem extends HttpException {
  constructor(
    status: number,
    readonly title: Text,
    /** `detail`, `errors`, and members of its own, such as the findings of a refused publish. */
    readonly more: { detail?: Text; errors?: Place[]; [member: string]: unknown } = {},
    /** Seconds until a repeat makes sense. */
    readonly retryAfter?: number,
  ) {
    super(typeof title === 'string' ? title : title.en, status);
  }
}

/** 404, also for what belongs to another account: the two must not be told apart. */
export class NotFound extends Problem {
  constructor(title: Text = { ru: 'Не найдено', en: 'Not found' }) {
    super(404, title);
  }
}

/** 409: right in itself, but somebody changed things in between or they are in use. */
export class Conflict extends Problem {
  constructor(title: Text, detail?: Text) {
    super(409, title, detail === undefined ? {} : { detail });
  }
}

/** 422: understood and wrong, with the places. */
export class Invalid extends Problem {
  constructor(
    errors: Place[],
    title: Text = { ru: 'Проверьте введённое', en: 'Check what was entered' },
    more: Record<string, unknown> = {},
  ) {
    super(422, title, { errors, ...more });
  }
}

/** 403: known, but not allowed. */
export class Forbidden extends Problem {
  constructor(title: Text = { ru: 'Недостаточно прав', en: 'Not allowed' }, detail?: Text) {
    super(403, title, detail === undefined ? {} : { detail });
  }
}

/** 401: nobody is signed in, or the proof is wrong. */
export class Unauthorized extends Problem {
  constructor(title: Text = { ru: 'Войдите, чтобы продолжить', en: 'Sign in to continue' }) {
    super(401, title);
  }
}

/** 429; `retryAfter` in seconds. */
export class TooManyRequests extends Problem {
  constructor(retryAfter: number, title: Text = { ru: 'Слишком много попыток, подождите', en: 'Too many attempts, please wait' }) {
    super(429, title, {}, Math.max(1, Math.ceil(retryAfter)));
  }
}

/** 503: the database or the queue is away for a moment; `retryAfter` in seconds. */
export class Unavailable extends Problem {
  constructor(title: Text = { ru: 'Сервис временно недоступен', en: 'Temporarily unavailable' }, retryAfter = 5) {
    super(503, title, {}, retryAfter);
  }
}
