type Translate = (key: string, values?: Record<string, unknown>) => string;

/**
 * A change of a backtest in words: «нет ответа», «другой этап», «отсеяно вместо пройти».
 * @param change `-send-message`, `+add-tags`, `~set-stage`, `passed → filtered`
 */
export function outcomeWords(change: string, t: Translate): string {
  const [was, is] = change.split(' → ');
  if (was !== undefined && is !== undefined) return t('backtest.becomes', { was: t(`run.status.${was}`), is: t(`run.status.${is}`) });
  const kind = kinds[change[0] ?? ''];
  const type = change.slice(1);
  return kind === undefined ? change : t(`backtest.${kind}`, { what: t(`backtest.effect.${type}`) });
}

const kinds: Record<string, string> = { '-': 'fewer', '+': 'more', '~': 'other' };
