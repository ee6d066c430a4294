import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../ui/problem-alert.js';

interface Foot {
  problem: unknown;
  fields: readonly string[];
  isSending: boolean;
  isDone: boolean;
  /** The verb; «Сохранить» by default. */
  action?: string;
  /** What is said when it worked; «Сохранено» by default. */
  done?: string;
}

/** What stands under a form: why it failed, the button, that it is saved. */
export function FormFoot({ problem, fields, isSending, isDone, action, done }: Foot) {
  const { t } = useTranslation('ui');
  return (
    <>
      <ProblemAlert problem={problem} fields={fields} />
      <Group gap="md">
        <Button type="submit" loading={isSending}>
          {action ?? t('save')}
        </Button>
        <Text role="status" c="dimmed">
          {isDone ? (done ?? t('saved')) : ''}
        </Text>
      </Group>
    </>
  );
}
