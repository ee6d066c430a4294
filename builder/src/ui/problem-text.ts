import type { TFunction } from 'i18next';
import { ApiProblem, UnexpectedAnswer } from '../api-client.js';
import type { Language } from '../i18n.js';
import { ownHalf } from './own-half.js';

/** What to say of something that was thrown: what happened and what to do next. `t` may be of any namespace. */
export function toProblemText(thrown: unknown, t: TFunction): string {
  if (thrown instanceof UnexpectedAnswer) return t('ui:problem.shape');
  if (!(thrown instanceof ApiProblem)) return thrown instanceof Error ? thrown.message : String(thrown);
  const { status, title, detail, errors } = thrown;
  if (status === 0) return t('ui:problem.offline');
  if (status === 403 && !detail) return t('ui:problem.forbidden');
  if (status === 404) return t('ui:problem.missing');
  if (status === 429) return t('ui:problem.tooMany');
  if (status >= 500) return t('ui:problem.broken', { status });
  const said = [title, detail].filter(Boolean).join('. ');
  if (said) return said;
  return errors?.length ? t('ui:problem.fields') : t('ui:problem.other', { status });
}

/**
 * The server's findings by field, for a form: `settings.token` and `stages[1].name` as `stages.1.name`. A text in both languages
 * («Нужен адрес / An address is needed») is cut to the reader's one. Empty when the error is about no field.
 */
export function toFieldErrors(thrown: unknown, language: Language): Record<string, string> {
  if (!(thrown instanceof ApiProblem)) return {};
  return Object.fromEntries(
    (thrown.errors ?? []).map(({ path, detail }) => [path.replace(/\[(\d+)\]/g, '.$1'), ownHalf(detail, language)]),
  );
}
