import { Alert, Button, Group, Text, type AlertProps } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { published } from '../../../api/publishing.js';
import { rollback, type RuleSet } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { ProblemAlert } from '../ui/problem-alert.js';

/** The version that works again, and the one that worked until then (`null`: none did). */
interface Swap {
  version: number;
  before: number | null;
}

/** A press that makes an earlier version live; `mutate` takes its number. */
export type RollBack = UseMutationResult<Swap, Error, number>;

/** Lets earlier versions of a rule set go live again; its draft stays as it is. Nothing is asked, because the same press leads back. */
export function useRollBack(ruleSet: RuleSet): RollBack {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (number: number) => {
      const before = ruleSet.publishedVersion;
      const { version } = await api.post(`/api/rule-sets/${ruleSet.id}/rollback`, published, rollback.parse({ version: number }));
      return { version, before };
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      await client.invalidateQueries({ queryKey: ['rule-set', ruleSet.id, 'versions'] });
    },
  });
}

/** What came of the press: the version that works now with the way back, or why it does not. */
export function RollBackNotice({ back, ...rest }: { back: RollBack } & AlertProps) {
  const { t } = useTranslation('graph');
  const { version, before } = back.data ?? {};
  if (back.error) return <ProblemAlert problem={back.error} {...rest} />;
  if (version === undefined) return null;
  return (
    <Alert
      key={version}
      ref={takeFocus}
      tabIndex={-1}
      color="teal"
      p="xs"
      role="status"
      icon={<IconHistory size={16} aria-hidden />}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={back.reset}
      {...rest}
    >
      <Group gap="sm">
        <Text size="sm">{t('versions.rolledBack', { version })}</Text>
        {before != null && before !== version && (
          <Button size="compact-sm" variant="default" onClick={() => back.mutate(before)}>
            {t('versions.backTo', { version: before })}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The pressed button goes with the press; the keyboard goes on from here, beside the way back and not on it. */
const takeFocus = (notice: HTMLElement | null): void => notice?.focus();
