import { useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../../api/rule-sets.js';
import { defaultTimezone, type RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { toDate } from '../../ui/times.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { namesOf } from '../name-ids.js';
import { findProblems } from '../use-checks.js';
import { fillRecipe, toRuleSet } from './fill-recipe.js';
import { GraphPreview } from './graph-preview.js';
import { QuestionField } from './question-field.js';
import { findingsFor, firstAnswers, questionsOf, type Answers } from './questions.js';
import type { Recipe } from './recipe.js';
import { StepWords } from './step-words.js';
import classes from './recipes.module.css';

interface RecipeFormProps {
  recipe: Recipe;
  directory: Directory;
  /** IANA zone of the graph that the steps will stand in. */
  timezone?: string;
  /** The id of the channel that the form was opened for. */
  channel?: string;
  /** What the button does, in words. */
  action: string;
  isSending?: boolean;
  /** Whether the further fields are right too. */
  canSend?: boolean;
  /** More fields, above the recipe's. */
  children?: ReactNode;
  /** What the server refused. */
  problem?: unknown;
  onBack: () => void;
  onFilled: (filled: RuleGraph) => void;
}

/** A recipe's short form: its questions, and beside them what the steps will do and look like with these answers. */
export function RecipeForm({
  recipe,
  directory,
  timezone,
  channel,
  action,
  isSending,
  canSend = true,
  problem,
  children,
  onBack,
  onFilled,
}: RecipeFormProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const graph = useMemo(() => ({ ...recipe.graph, timezone: timezone ?? recipe.graph.timezone }), [recipe, timezone]);
  const questions = useMemo(() => questionsOf(graph, directory), [graph, directory]);
  const [answers, setAnswers] = useState<Answers>(() =>
    withChannel(questions, firstAnswers(graph, questions, directory, toDate(Date.now(), graph.timezone ?? defaultTimezone)), channel),
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isTried, setTried] = useState(false);
  const filled = useMemo(() => fillRecipe(graph, questions, answers), [graph, questions, answers]);
  const findings = useMemo(() => findProblems(toRuleSet(filled, recipe.title), directory), [filled, recipe, directory]);
  const about = new Map(questions.map((question) => [question.key, findingsFor(question, filled, findings)]));
  const asked = new Set([...about.values()].flat());
  const others = findings.filter((finding) => finding.severity === 'error' && !asked.has(finding));
  const names = useMemo(() => namesOf(directory), [directory]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const wrong = questions.find(({ key }) => about.get(key)?.some(({ severity }) => severity === 'error'));
    if (!wrong) return canSend ? onFilled(filled) : undefined;
    form.current?.querySelector<HTMLElement>(`[data-question=${JSON.stringify(wrong.key)}] :is(input, textarea, button)`)?.focus();
  };
  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={recipe.title}>
      <Stack gap="md">
        <div>
          <Title order={2}>{recipe.title}</Title>
          <Text c="dimmed">{recipe.text}</Text>
        </div>
        <div className={classes.form}>
          <Stack gap="md">
            {children}
            {questions.map((question) => (
              <QuestionField
                key={question.key}
                question={question}
                graph={filled}
                timezone={filled.timezone ?? defaultTimezone}
                directory={directory}
                value={answers[question.key]}
                findings={isTried || touched.has(question.key) ? (about.get(question.key) ?? []) : []}
                onChange={(value) => {
                  setAnswers((before) => ({ ...before, [question.key]: value }));
                  setTouched((before) => new Set([...before, question.key]));
                }}
              />
            ))}
          </Stack>
          <Stack gap="sm" className={classes.beside} component="section" aria-label={t('recipes.will')}>
            <Text fw={600}>{t('recipes.will')}</Text>
            <StepWords graph={filled} names={names} />
            <GraphPreview graph={filled} />
            <Text size="xs" c="dimmed">
              {t('recipes.ordinary')}
            </Text>
          </Stack>
        </div>
        {others.length > 0 && (
          <Alert color="yellow" title={t('recipes.leftToMend')}>
            {others.map(({ path, text }) => (
              <Text key={path} size="sm">
                {text[language]}
              </Text>
            ))}
          </Alert>
        )}
        <ProblemAlert problem={problem} />
        <Group justify="space-between">
          <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={onBack}>
            {t('recipes.back')}
          </Button>
          <Button type="submit" loading={isSending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function withChannel(questions: ReturnType<typeof questionsOf>, answers: Answers, channel: string | undefined): Answers {
  if (channel === undefined) return answers;
  const keys = questions.filter(({ schema }) => schema.widget === 'channels').map(({ key }): [string, unknown] => [key, [channel]]);
  return { ...answers, ...Object.fromEntries(keys) };
}
