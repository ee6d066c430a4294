/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toRecipes, type Recipe } from './recipe.js';

const folder = join(process.cwd(), 'samples/recipes');

/** For tests: the graph files of samples/recipes/ by recipe id, as the browser gets them from recipe-files.ts. */
export const sampleFiles: Readonly<Record<string, unknown>> = Object.fromEntries(
  readdirSync(folder).map((file): [string, unknown] => [
    file.replace('.rules.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  ]),
);

/** For tests: all recipes in Russian. */
export const sampleRecipes: readonly Recipe[] = toRecipes(sampleFiles, 'ru');

/** For tests. @throws Error where there is no such recipe */
export function sampleRecipe(id: string): Recipe {
  const found = sampleRecipes.find((recipe) => recipe.id === id);
  if (!found) throw new Error(`no recipe ${id}`);
  return found;
}
