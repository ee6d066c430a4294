import { useLanguage } from '../i18n.js';
import { useMe } from '../session.js';
import { formatFullTime, formatTime } from './times.js';
import { useNow } from './use-now.js';

/** An instant in the reader's zone and language, in full on hover; `none` stands for an absent one. */
export function When({ at, none = '—' }: { at: string | null | undefined; none?: string }) {
  const language = useLanguage();
  const { timezone } = useMe();
  const now = useNow();
  if (!at) return <>{none}</>;
  return (
    <time dateTime={at} title={formatFullTime(at, { language, timezone })} style={{ whiteSpace: 'nowrap' }}>
      {formatTime(at, { language, timezone, now })}
    </time>
  );
}
