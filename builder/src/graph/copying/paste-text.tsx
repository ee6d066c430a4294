import { useState } from 'react';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n.js';
import { readPiece } from './clipboard.js';
import type { Place } from '../commands.js';
import { useGraphStore } from '../graph-store.js';
import { paste } from './piece.js';
import { refusalText } from '../refusal-text.js';

/** A field for steps that came as text: where there is no keyboard to paste with, and where the browser keeps its clipboard to itself. */
export function PasteText({ place, onClose }: { place: Place; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const store = useGraphStore();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const put = () => {
    const { piece, refusal } = readPiece(text, language);
    if (refusal) return setProblem(refusalText(refusal, t));
    const pasted = paste(store.getState().history.present, piece, place);
    store.getState().commit(() => pasted.graph);
    store.getState().select(pasted.picked);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('paste.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text size="sm">{t('paste.help')}</Text>
        <Textarea
          data-autofocus
          label={t('paste.field')}
          rows={10}
          value={text}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          error={problem && <span style={{ whiteSpace: 'pre-line' }}>{problem}</span>}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={put}>{t('paste.do')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
