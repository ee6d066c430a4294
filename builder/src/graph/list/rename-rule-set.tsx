import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeRuleSet, type RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { NameDialog } from '../name-dialog.js';

/** Another name for a rule set. */
export function RenameRuleSet({ ruleSet, onClose }: { ruleSet: RuleSet; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  const [name, setName] = useState(ruleSet.name);
  const run = useMutation({
    mutationFn: () => api.patch(`/api/rule-sets/${ruleSet.id}`, undefined, changeRuleSet.parse({ name: name.trim() })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      onClose();
    },
  });
  return (
    <NameDialog
      title={t('list.renameTitle', { name: ruleSet.name })}
      action={t('list.rename')}
      name={name}
      setName={setName}
      run={() => run.mutate()}
      isRunning={run.isPending}
      problem={run.error}
      onClose={onClose}
    />
  );
}
