import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../i18n.js';
import { toRecipes, type Recipe } from './recipe.js';

/** All recipes in the reader's language; undefined until their chunk is there, `problem` where it did not come. */
export function useRecipes(): { recipes?: Recipe[]; problem: unknown; retry: () => void } {
  const language = useLanguage();
  const files = useQuery({
    queryKey: ['recipe-files'],
    queryFn: async () => (await import('./recipe-files.js')).recipeFiles,
    staleTime: Infinity,
  });
  const recipes = useMemo(() => files.data && toRecipes(files.data, language), [files.data, language]);
  return { recipes, problem: files.error, retry: () => void files.refetch() };
}
