import { useState, type ReactNode } from 'react';
import { Badge, Group, NavLink, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLanguage } from '../../i18n.js';
import { troubles } from './troubles.js';
import { isFound, kindsOf, type Recipe } from './recipe.js';
import classes from './recipes.module.css';

interface RecipeGalleryProps {
  recipes: readonly Recipe[];
  directory: Directory;
  onChoose: (recipe: Recipe) => void;
  /** What stands above the recipes: the ways to begin without one. */
  children?: ReactNode;
}

/** Recipes by the trouble that they solve, with a search. Those for channels that the account does not have stand last and say so. */
export function RecipeGallery({ recipes, directory, onChoose, children }: RecipeGalleryProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const kinds = new Set(directory.channels.map(({ kind }) => kind));
  const isOfUse = (recipe: Recipe) => missingKinds(recipe, kinds).length === 0;
  const nameOf = (id: string) => t(`recipes.trouble.${id}`);
  const shown = troubles
    .filter(({ id }) => chosen === null || chosen === id)
    .map(({ id }) => {
      const own = recipes.filter((recipe) => recipe.trouble === id && isFound(recipe, nameOf(id), query, language));
      return { id, recipes: [...own.filter(isOfUse), ...own.filter((recipe) => !isOfUse(recipe))] };
    })
    .filter(({ recipes: own }) => own.length > 0);
  return (
    <Stack gap="lg">
      <Group gap="sm" align="flex-end">
        <TextInput
          flex={1}
          miw={220}
          data-autofocus
          autoFocus
          type="search"
          leftSection={<IconSearch size={16} aria-hidden />}
          aria-label={t('recipes.search')}
          placeholder={t('recipes.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.code !== 'Enter' || query.trim() === '' || !first?.recipes[0]) return;
            event.preventDefault();
            onChoose(first.recipes[0]);
          }}
        />
        {children}
      </Group>
      <Select
        hiddenFrom="md"
        aria-label={t('recipes.troubles')}
        placeholder={t('recipes.all')}
        data={troubles.map(({ id }) => ({ value: id, label: nameOf(id) }))}
        value={chosen}
        onChange={setChosen}
        clearable
      />
      <div className={classes.columns}>
        <Stack gap={2} visibleFrom="md" component="nav" aria-label={t('recipes.troubles')}>
          <NavLink
            component="button"
            label={t('recipes.all')}
            active={chosen === null}
            aria-current={chosen === null}
            onClick={() => setChosen(null)}
          />
          {troubles.map(({ id }) => (
            <NavLink
              key={id}
              component="button"
              label={nameOf(id)}
              active={chosen === id}
              aria-current={chosen === id}
              onClick={() => setChosen(id)}
            />
          ))}
        </Stack>
        <Stack gap="xl">
          {shown.map(({ id, recipes: own }) => (
            <section key={id} aria-labelledby={`trouble-${id}`}>
              <Title order={2} id={`trouble-${id}`} mb="sm">
                {nameOf(id)}
              </Title>
              <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="sm">
                {own.map((recipe) => (
                  <Choice key={recipe.id} recipe={recipe} missing={missingKinds(recipe, kinds)} onChoose={() => onChoose(recipe)} />
                ))}
              </SimpleGrid>
            </section>
          ))}
          {shown.length === 0 && <Text c="dimmed">{t('recipes.nothing')}</Text>}
        </Stack>
      </div>
    </Stack>
  );
}

function Choice({ recipe, missing, onChoose }: { recipe: Recipe; missing: readonly string[]; onChoose: () => void }) {
  const { t } = useTranslation('graph');
  return (
    <UnstyledButton className={classes.choice} onClick={onChoose}>
      <Paper withBorder p="md" h="100%" className={classes.box}>
        <Text fw={600}>{recipe.title}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          {recipe.text}
        </Text>
        {missing.length > 0 && (
          <Badge color="gray" mt={8}>
            {t('recipes.noChannel', { kinds: missing.map((kind) => t(`recipes.kind.${kind}`, kind)).join(', ') })}
          </Badge>
        )}
      </Paper>
    </UnstyledButton>
  );
}

/** The kinds that a recipe is made for, where the account has none of them. */
function missingKinds(recipe: Recipe, kinds: ReadonlySet<string>): string[] {
  const wanted = kindsOf(recipe);
  return wanted.some((kind) => kinds.has(kind)) ? [] : wanted;
}
