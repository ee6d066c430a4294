import { useState } from 'react';
import { Button, Mark, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { markWord, type SeenWord } from './find-words.js';
import { useRecentTexts } from './use-recent-texts.js';
import { useSearch } from './use-search.js';
import classes from './seen-words.module.css';

/** Messages shown at first, and how many more a press shows. */
const few = 5;

const none: readonly string[] = [];

/** Which of the account's last messages have the words that are being typed, with what was found marked. */
export function SeenWords({ patterns }: { patterns: string }) {
  const { t } = useTranslation('graph');
  const recent = useRecentTexts(patterns.trim() !== '');
  const texts = recent.state === 'ready' ? recent.texts : none;
  const search = useSearch(patterns, texts);
  const [shown, setShown] = useState(few);
  if (patterns.trim() === '') return null;
  const hits = search?.hits ?? [];
  const summary = () => {
    if (recent.state !== 'ready') return t(`onMessages.${recent.state}`);
    if (texts.length === 0) return t('onMessages.none');
    if (!search) return '';
    if (search.done < texts.length) return t('onMessages.counting', { done: search.done, of: texts.length });
    return t(hits.length === 0 ? 'onMessages.nothing' : 'onMessages.found', { found: hits.length, of: texts.length });
  };
  return (
    <section className={classes.seen} aria-label={t('onMessages.label')}>
      <Text size="xs" role="status">
        {summary()}
      </Text>
      {hits.length > 0 && (
        <ul className={classes.list}>
          {hits.slice(0, shown).map((hit) => (
            <SeenMessage key={hit.message} hit={hit} text={texts[hit.message] ?? ''} />
          ))}
        </ul>
      )}
      {hits.length > shown && (
        <Button variant="subtle" size="compact-xs" onClick={() => setShown(shown + 4 * few)}>
          {t('onMessages.more')}
        </Button>
      )}
    </section>
  );
}

function SeenMessage({ hit, text }: { hit: SeenWord; text: string }) {
  const { before, found, after } = markWord(text, hit.word);
  return (
    <li className={classes.message} title={hit.pattern}>
      <span className="client-text">
        {before}
        {found !== '' && <Mark>{found}</Mark>}
        {after}
      </span>
      {found === '' && <Text span size="xs" c="dimmed">{` → ${hit.word}`}</Text>}
    </li>
  );
}
