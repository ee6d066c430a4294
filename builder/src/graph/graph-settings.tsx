import { useMemo } from 'react';
import { Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { defaultTimezone } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { setTimezone } from './commands.js';
import { zoneChoices } from './form/zone-choices.js';
import { useGraph, useGraphStore, useRuleGraph } from './graph-store.js';

/** What belongs to the graph as a whole; shown while no step is selected. */
export function GraphSettings() {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const graph = useRuleGraph();
  const readOnly = useGraph((state) => state.readOnly);
  const language = useLanguage();
  const zone = graph.timezone ?? defaultTimezone;
  const zones = useMemo(() => zoneChoices(zone, language), [zone, language]);
  return (
    <Stack p="md" gap="md">
      <Text c="dimmed" size="sm">
        {t(readOnly ? 'panel.chooseToRead' : 'panel.choose')}
      </Text>
      <Select
        label={t('panel.zone')}
        description={t('panel.zoneHelp')}
        data={zones}
        value={zone}
        onChange={(next) => next && store.getState().commit(setTimezone(next))}
        allowDeselect={false}
        searchable
        limit={60}
        disabled={readOnly}
        nothingFoundMessage={t('form.nothingFound')}
      />
      <Text size="sm">
        {t('panel.size', {
          steps: t('count.steps', { count: graph.nodes.length }),
          tests: t('count.tests', { count: graph.tests?.length ?? 0 }),
        })}
      </Text>
    </Stack>
  );
}
