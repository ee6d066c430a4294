import type { FormEvent, ReactNode } from 'react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../ui/problem-alert.js';

interface NameDialogProps {
  title: string;
  action: string;
  name: string;
  setName: (name: string) => void;
  run: () => void;
  isRunning: boolean;
  problem: unknown;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks for the name of a rule set; `children` stand below the field. */
export function NameDialog({ title, action, name, setName, run, isRunning, problem, onClose, children }: NameDialogProps) {
  const { t } = useTranslation('graph');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Stack gap="lg">
          <TextInput
            data-autofocus
            label={t('list.name')}
            placeholder={t('list.namePlaceholder')}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {children}
          <ProblemAlert problem={problem} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={isRunning} disabled={name.trim() === ''}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
