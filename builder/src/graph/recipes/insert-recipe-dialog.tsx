import { useState } from 'react';
import { Modal, Skeleton } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { defaultTimezone, type RuleGraph } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { fitOptions } from '../flow-view.js';
import { useGraph, useGraphStore } from '../graph-store.js';
import { sizesOf } from '../use-editor-commands.js';
import { insertRecipe } from './insert-recipe.js';
import { RecipeForm } from './recipe-form.js';
import { RecipeGallery } from './recipe-gallery.js';
import type { Recipe } from './recipe.js';
import { useRecipes } from './use-recipes.js';

/** The gallery over the canvas: a chosen recipe's form, filled, puts its steps into the open graph and selects them. */
export function InsertRecipeDialog({ directory, onClose }: { directory: Directory | undefined; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const flow = useReactFlow();
  const timezone = useGraph((state) => state.history.present.timezone ?? defaultTimezone);
  const { recipes, problem, retry } = useRecipes();
  const [recipe, setRecipe] = useState<Recipe>();
  const insert = (filled: RuleGraph) => {
    const made = insertRecipe(store.getState().history.present, filled, sizesOf(flow.getNodes()));
    store.getState().commit(() => made.graph);
    store.getState().select(made.picked);
    onClose();
    requestAnimationFrame(() => void flow.fitView(fitOptions));
  };
  return (
    <Modal opened onClose={onClose} size={1160} title={t('recipes.insertTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <ProblemAlert problem={problem} onRetry={retry} />
      {(!recipes || !directory) && !problem && <Skeleton h={300} />}
      {recipes && directory && !recipe && <RecipeGallery recipes={recipes} directory={directory} onChoose={setRecipe} />}
      {recipe && directory && (
        <RecipeForm
          key={recipe.id}
          recipe={recipe}
          directory={directory}
          timezone={timezone}
          action={t('recipes.insert')}
          onBack={() => setRecipe(undefined)}
          onFilled={insert}
        />
      )}
    </Modal>
  );
}
