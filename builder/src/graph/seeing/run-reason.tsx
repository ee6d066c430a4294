import { Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../api/messages.js';
import { useLanguage } from '../../i18n.js';
import { useLayers } from '../layers.js';
import { nameIds } from '../name-ids.js';
import lists from '../lists.module.css';

/** Which step decided what became of the message, and why it went as it did; a press shows it on the canvas. */
export function RunReason({ run: { decisive }, onJump }: { run: Pick<Run, 'decisive'>; onJump: (node: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const names = useLayers((layers) => layers.names);
  if (!decisive) return null;
  return (
    <section aria-label={t('reason.title')}>
      <Title order={3}>{t('reason.title')}</Title>
      <UnstyledButton className={`${lists.line} ${lists.press}`} style={{ marginInline: -8 }} onClick={() => onJump(decisive.node)}>
        <span className={lists.text}>
          <Text span size="sm">
            {t('reason.decided', { title: decisive.title[language] })}
          </Text>
          {decisive.because && <span className={lists.dimmed}>{nameIds(decisive.because[language], names)}</span>}
        </span>
      </UnstyledButton>
    </section>
  );
}
