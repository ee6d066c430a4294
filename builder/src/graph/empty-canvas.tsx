import { Group, Paper, SimpleGrid, Stack, Text, Title, UnstyledButton, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n.js';
import { useGraphStore } from './graph-store.js';
import { blankGraph, startersIn, type Starter } from './recipes/starters.js';
import classes from './empty-canvas.module.css';

/** In place of a blank: three graphs to start from, all recipes, or one step that starts on a message. */
export function EmptyCanvas({ onStarted, onRecipes }: { onStarted: () => void; onRecipes: () => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const store = useGraphStore();
  const start = ({ nodes, edges }: Pick<Starter, 'nodes' | 'edges'>) => {
    store.getState().commit((graph) => ({ ...graph, nodes, edges }));
    onStarted();
  };
  return (
    <div className={classes.over}>
      <Stack gap="lg" className={classes.box}>
        <div>
          <Title order={2}>{t('start.title')}</Title>
          <Text c="dimmed">{t('start.text')}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
          {startersIn(language).map((recipe) => (
            <UnstyledButton key={recipe.id} onClick={() => start(recipe)} className={classes.choice}>
              <Paper withBorder p="lg" h="100%" className={classes.card}>
                <Text fw={600}>{t(`recipe.${recipe.id}.title`)}</Text>
                <Text size="sm" c="dimmed" mt={4}>
                  {t(`recipe.${recipe.id}.text`)}
                </Text>
              </Paper>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        <Group justify="center" gap="sm">
          <Button variant="default" onClick={onRecipes}>
            {t('recipes.allRecipes')}
          </Button>
          <Button variant="default" onClick={() => start(blankGraph)}>
            {t('start.empty')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
