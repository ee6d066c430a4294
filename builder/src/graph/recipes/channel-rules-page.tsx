import { Alert, Anchor, Badge, Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPlugConnectedX, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import type { RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { can, useMe } from '../../session.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { cardOf } from '../card-view.js';
import { nameIds, namesOf } from '../name-ids.js';
import { useAllDirectory } from '../use-directory.js';
import { useLiveGraphs, type LiveGraph } from '../use-live-graphs.js';
import { lackingOn, onChannel, wordsOf, type ChannelPlace, type GraphOnChannel } from './on-channel.js';
import type { Recipe } from './recipe.js';
import { useRecipes } from './use-recipes.js';

/** `/channels/:id/rules`: which published rules take a channel's messages, which recipes they hold, and which are missing. */
export function ChannelRulesPage() {
  const { t } = useTranslation('graph');
  const { id } = useParams();
  const directory = useAllDirectory();
  const { recipes, problem, retry } = useRecipes();
  const published = useLiveGraphs();
  const channel = directory?.channels.find((one) => one.id === id);
  if (directory && !channel) {
    return <EmptyState icon={IconPlugConnectedX} title={t('onChannel.missing')} text={t('onChannel.missingText')} />;
  }
  return (
    <Page
      title={channel ? t('onChannel.title', { name: channel.name }) : ''}
      width={960}
      actions={
        <Button component={Link} to="/channels" variant="default" leftSection={<IconArrowLeft size={16} />}>
          {t('onChannel.back')}
        </Button>
      }
    >
      <ProblemAlert problem={problem ?? published.error} onRetry={problem ? retry : () => void published.refetch()} mb="md" />
      {channel && directory && recipes && published.data ? (
        <OnChannel channel={channel} directory={directory} recipes={recipes} published={published.data} />
      ) : (
        !problem && !published.error && <Skeleton h={300} />
      )}
    </Page>
  );
}

/** Rules that take the channel's messages; `found` is undefined where they could not be read. */
interface Taking extends LiveGraph {
  found: GraphOnChannel | undefined;
}

interface OnChannelProps {
  channel: ChannelPlace;
  directory: Directory;
  recipes: readonly Recipe[];
  published: readonly LiveGraph[];
}

function OnChannel({ channel, directory, recipes, published }: OnChannelProps) {
  const { t } = useTranslation('graph');
  const mayEdit = can(useMe().role, 'editRules');
  const names = useMemo(() => namesOf(directory), [directory]);
  const taking = useMemo(
    () =>
      published.flatMap((one): Taking[] => {
        if (!one.graph) return [{ ...one, found: undefined }];
        const found = onChannel(one.graph, channel, recipes);
        return found ? [{ ...one, found }] : [];
      }),
    [published, channel, recipes],
  );
  const lacking = lackingOn(
    channel,
    recipes,
    taking.flatMap(({ found }) => found?.recipes ?? []),
  );
  return (
    <Stack gap="xl">
      <section aria-labelledby="in-force">
        <Title order={2} id="in-force">
          {t('onChannel.inForce')}
        </Title>
        <Text c="dimmed" mb="sm">
          {t(taking.length === 0 ? 'onChannel.none' : 'onChannel.order')}
        </Text>
        <Stack gap="sm">
          {taking.map(({ ruleSet, graph, found }) => (
            <Paper key={ruleSet.id} withBorder p="lg" component="article" aria-label={ruleSet.name}>
              <Group gap="sm" mb={8}>
                <Anchor component={Link} to={`/rules/${ruleSet.id}`} fw={600}>
                  {ruleSet.name}
                </Anchor>
                <Badge color="green">{t('onChannel.version', { version: ruleSet.publishedVersion })}</Badge>
              </Group>
              {graph && found ? (
                <Found ruleSet={ruleSet} graph={graph} found={found} names={names} />
              ) : (
                <Alert color="yellow">{t('onChannel.unread')}</Alert>
              )}
            </Paper>
          ))}
        </Stack>
      </section>
      <section aria-labelledby="lacking">
        <Title order={2} id="lacking">
          {t('onChannel.lacking')}
        </Title>
        <Text c="dimmed" mb="sm">
          {t(lacking.length === 0 ? 'onChannel.nothingLacking' : mayEdit ? 'onChannel.lackingText' : 'onChannel.lackingToRead')}
        </Text>
        <Stack gap="md">
          {lacking.map(({ trouble, recipes: own }) => (
            <div key={trouble}>
              <Text fw={500} mb={4}>
                {t(`recipes.trouble.${trouble}`)}
              </Text>
              <Group gap="sm">
                {own.map(({ id, title }) =>
                  mayEdit ? (
                    <Button
                      key={id}
                      component={Link}
                      to={`/rules/new/${id}?channel=${channel.id}`}
                      variant="default"
                      size="xs"
                      leftSection={<IconPlus size={14} />}
                    >
                      {title}
                    </Button>
                  ) : (
                    <Text key={id} size="sm">
                      {title}
                    </Text>
                  ),
                )}
              </Group>
            </div>
          ))}
        </Stack>
      </section>
    </Stack>
  );
}

interface FoundProps {
  ruleSet: RuleSet;
  graph: RuleGraph;
  found: GraphOnChannel;
  names: ReadonlyMap<string, string>;
}

function Found({ ruleSet, graph, found, names }: FoundProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const wordsOfStep = (node: RuleGraph['nodes'][number]) => {
    const { title, summary } = cardOf(node, language, graph.timezone);
    return nameIds(summary ? `${title} (${summary})` : title, names);
  };
  return (
    <Stack gap="sm">
      {found.recipes.map((one) => {
        // The step that acts is the one that people look for: the last of the recipe.
        const step = [...one.steps.values()].at(-1);
        return (
          <Group key={one.recipe.id} justify="space-between" align="flex-start" wrap="nowrap">
            <Text style={{ overflowWrap: 'anywhere' }}>
              <b>{one.recipe.title}</b>
              {`: ${nameIds(wordsOf(one, graph, language), names)}`.replace(/: $/, '')}
            </Text>
            {step && (
              <Anchor
                component={Link}
                to={`/rules/${ruleSet.id}?${new URLSearchParams({ at: step.id })}`}
                size="sm"
                style={{ flex: 'none' }}
                aria-label={t('onChannel.openLabel', { recipe: one.recipe.title, ruleSet: ruleSet.name })}
              >
                {t('onChannel.open')}
              </Anchor>
            )}
          </Group>
        );
      })}
      {found.recipes.length === 0 && <Text>{t('onChannel.own')}</Text>}
      <Text size="xs" c="dimmed">
        {t('onChannel.takes', { steps: found.triggers.map(wordsOfStep).join(', ') })}
      </Text>
    </Stack>
  );
}
