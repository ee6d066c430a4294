import { useState } from 'react';
import { Alert, Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type { RuleGraph } from '../../../../rules/index.js';
import { createRuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { renameGraph } from '../commands.js';
import { readGraphFile } from '../graph-file.js';
import { NameDialog } from '../name-dialog.js';
import { blankGraph } from './starters.js';

/** A new rule set without a recipe: a name, and a graph file for those who have one; else it has its beginning alone. */
export function NewRuleSet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [graph, setGraph] = useState<RuleGraph>();
  const [fileProblem, setFileProblem] = useState<string>();
  const run = useMutation({
    mutationFn: () => {
      const body = createRuleSet.parse({
        name: name.trim(),
        graph: graph ? renameGraph(name.trim())(graph) : { format: 1, name: name.trim(), ...blankGraph },
      });
      return api.post('/api/rule-sets', z.object({ id: z.string() }), body);
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      await navigate(`/rules/${id}`);
    },
  });
  const read = async (file: File | null) => {
    if (!file) return;
    const result = await readGraphFile(file, language, t('bar.notJson'));
    setFileProblem('problem' in result ? result.problem : undefined);
    if ('problem' in result) return;
    setGraph(result.graph);
    if (name === '') setName(result.graph.name);
  };
  return (
    <NameDialog
      title={t('list.createTitle')}
      action={t('list.createDo')}
      name={name}
      setName={setName}
      run={() => run.mutate()}
      isRunning={run.isPending}
      problem={run.error}
      onClose={onClose}
    >
      <FileButton accept=".json,application/json" onChange={(file) => void read(file)}>
        {(props) => (
          <Button {...props} variant="default" size="xs" leftSection={<IconUpload size={14} />} style={{ alignSelf: 'flex-start' }}>
            {graph ? t('list.fileChosen', { steps: t('count.steps', { count: graph.nodes.length }) }) : t('list.fromFile')}
          </Button>
        )}
      </FileButton>
      {fileProblem && (
        <Alert color="red" title={t('bar.badFile')} style={{ whiteSpace: 'pre-line' }}>
          {fileProblem}
        </Alert>
      )}
    </NameDialog>
  );
}
