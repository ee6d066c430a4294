import { useState, type FormEvent, type ReactNode } from 'react';
import { Alert, Button, FileButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type { RuleGraph } from '../../../rules/index.js';
import { changeRuleSet, createRuleSet, type RuleSet } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { renameGraph } from './commands.js';
import { readGraphFile } from './graph-file.js';
import { blankGraph } from './recipes/starters.js';

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

function NameDialog({ title, action, name, setName, run, isRunning, problem, onClose, children }: NameDialogProps) {
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
