import { useState } from 'react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { published } from '../../../../api/publishing.js';
import { publishVersion } from '../../../../api/releases.js';
import { rollback, type RuleSet } from '../../../../api/rule-sets.js';
import { api, ApiProblem } from '../../api-client.js';
import { Refused, refusalsOf } from './refused.js';

interface PublishVersionProps {
  ruleSet: RuleSet;
  version: number;
  onClose: () => void;
  onPublished: () => Promise<unknown>;
}

/** Asks once, then publishes a version that was frozen to be tried; what stands in the way is told, and where it is the policy alone a reason is asked for. */
export function PublishVersion({ ruleSet, version, onClose, onPublished }: PublishVersionProps) {
  const { t } = useTranslation('graph');
  const [reason, setReason] = useState('');
  const run = useMutation({
    mutationFn: async () => {
      const body = publishVersion.parse({ override: reason.trim() || undefined });
      try {
        await api.post(`/api/rule-sets/${ruleSet.id}/versions/${version}/publish`, published, body);
      } catch (problem) {
        // It was published once before: then it is brought back.
        if (!(problem instanceof ApiProblem) || problem.status !== 409) throw problem;
        await api.post(`/api/rule-sets/${ruleSet.id}/rollback`, published, rollback.parse({ version }));
      }
    },
    onSuccess: async () => {
      await onPublished();
      onClose();
    },
  });
  const isRefused = refusalsOf(run.error) !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('trial.publishTitle', { name: ruleSet.name, version })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        <Text>{t('trial.publishText')}</Text>
        <Refused problem={run.error} reason={reason} onReason={setReason} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('trial.cancel')}
          </Button>
          <Button loading={run.isPending} disabled={isRefused && reason.trim() === ''} onClick={() => run.mutate()}>
            {t('trial.publishDo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
