import { useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { z } from 'zod';
import { createRuleSet, type Directory } from '../../../../api/rule-sets.js';
import type { RuleGraph } from '../../../../rules/index.js';
import { api } from '../../api-client.js';
import { can, useMe } from '../../session.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { NewRuleSet } from './new-rule-set.js';
import { useAllDirectory } from '../use-directory.js';
import { useRuleSets } from '../use-rule-sets.js';
import { toRuleSet } from './fill-recipe.js';
import { RecipeForm } from './recipe-form.js';
import { RecipeGallery } from './recipe-gallery.js';
import type { Recipe } from './recipe.js';
import { testsThatHold } from './tests-that-hold.js';
import { useRecipes } from './use-recipes.js';

/** `/rules/new`: recipes by trouble. `/rules/new/:recipe` is the form of one, with `?channel=` for a channel of the account; filled, it opens in the editor. */
export function NewRuleSetPage() {
  const { t } = useTranslation('graph');
  const { recipe: id } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const mayEdit = can(useMe().role, 'editRules');
  const { recipes, problem, retry } = useRecipes();
  const directory = useAllDirectory();
  const sets = useRuleSets();
  const [isBlank, setBlank] = useState(false);
  const channel = query.get('channel') ?? undefined;
  const recipe = recipes?.find((one) => one.id === id);
  if (!mayEdit) return <EmptyState icon={IconLock} title={t('recipes.readOnly')} text={t('recipes.readOnlyText')} />;
  return (
    <Page title={t('recipes.title')} width={1240}>
      <ProblemAlert problem={problem ?? sets.error} onRetry={problem ? retry : () => void sets.refetch()} mb="md" />
      {(!recipes || !directory) && !problem && <Skeleton h={400} />}
      {recipes && directory && !recipe && (
        <RecipeGallery
          recipes={recipes}
          directory={directory}
          onChoose={(one) => void navigate(`/rules/new/${one.id}${channel === undefined ? '' : `?channel=${channel}`}`)}
        >
          <Button variant="default" onClick={() => setBlank(true)}>
            {t('start.empty')}
          </Button>
        </RecipeGallery>
      )}
      {recipe && directory && sets.data && (
        <NewFromRecipe key={recipe.id} recipe={recipe} directory={directory} taken={sets.data.map(({ name }) => name)} channel={channel} />
      )}
      {isBlank && <NewRuleSet onClose={() => setBlank(false)} />}
    </Page>
  );
}

interface NewFromRecipeProps {
  recipe: Recipe;
  directory: Directory;
  /** Names of rule sets that are there already. */
  taken: readonly string[];
  channel: string | undefined;
}

function NewFromRecipe({ recipe, directory, taken, channel }: NewFromRecipeProps) {
  const { t } = useTranslation('graph');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { timezone } = useMe().account;
  const [name, setName] = useState(() => freeName(recipe.title, taken));
  const create = useMutation({
    mutationFn: async (filled: RuleGraph) => {
      const graph = toRuleSet(filled, name.trim());
      const tests = await testsThatHold(graph, recipe.graph.tests);
      const body = createRuleSet.parse({ name: name.trim(), graph: tests.length === 0 ? graph : { ...graph, tests } });
      return api.post('/api/rule-sets', z.object({ id: z.string() }), body);
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      await navigate(`/rules/${id}`);
    },
  });
  return (
    <RecipeForm
      recipe={recipe}
      directory={directory}
      timezone={timezone}
      channel={directory.channels.some(({ id }) => id === channel) ? channel : undefined}
      action={t('recipes.create')}
      isSending={create.isPending}
      canSend={name.trim() !== ''}
      problem={create.error}
      onBack={() => void navigate('/rules/new')}
      onFilled={(filled) => create.mutate(filled)}
    >
      <TextInput
        label={t('list.name')}
        description={t('recipes.nameHelp')}
        maxLength={200}
        autoFocus
        withAsterisk
        error={name.trim() === '' && t('recipes.nameMissing')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </RecipeForm>
  );
}

/** A name that no other rule set has: «Ночной автоответчик 2». */
function freeName(title: string, taken: readonly string[]): string {
  let number = 1;
  const named = () => (number === 1 ? title : `${title} ${number}`);
  while (taken.includes(named())) number += 1;
  return named();
}
