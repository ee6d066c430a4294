import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.js';

interface Question {
  /** Names the thing: «Удалить канал «Телеграм-бот»?» */
  title: string;
  /** What is lost with it. */
  text: string;
  /** The verb on the button. */
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once before what cannot be undone; stays open and says why when it fails. */
export function Confirm({ title, text, action, onConfirm, onClose }: Question) {
  const { t } = useTranslation('ui');
  const run = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{text}</Text>
        <ProblemAlert problem={run.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.8" loading={run.isPending} onClick={() => run.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
