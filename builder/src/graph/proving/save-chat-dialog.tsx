import { useCallback } from 'react';
import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GraphTest } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLater } from '../use-later.js';
import type { ChatRules } from './chat.js';
import { testOf } from './play-tests.js';
import { TestForm } from './test-form.js';

interface SaveChatDialogProps {
  rules: ChatRules;
  /** What happened in the chat; what is expected of it is taken from what it gives now. */
  test: GraphTest;
  directory: Directory;
  onSave: (test: GraphTest) => void;
  onClose: () => void;
}

/** A chat on its way into the graph: what came of it is what is expected, and can be thinned out first. */
export function SaveChatDialog({ rules, test, directory, onSave, onClose }: SaveChatDialogProps) {
  const { t } = useTranslation('graph');
  const made = useLater(useCallback(async () => ({ test: await testOf(test.name, rules, test.events) }), [rules, test]));
  return (
    <Modal opened onClose={onClose} size={640} title={t('tests.saveChat')} closeButtonProps={{ 'aria-label': t('close') }}>
      {!made && <Text>{t('loading')}</Text>}
      {made && !made.test && <Text>{t('try.hasErrors')}</Text>}
      {made?.test && (
        <TestForm rules={rules} test={made.test} directory={directory} action={t('mask.save')} onSave={onSave} onCancel={onClose} />
      )}
    </Modal>
  );
}
