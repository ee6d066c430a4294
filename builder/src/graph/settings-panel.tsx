import { ActionIcon, Divider, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCopyPlus, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { defaultTimezone, nodeTypes, type GraphNode } from '../../../rules/index.js';
import type { Directory } from '../../../api/rule-sets.js';
import { useLanguage } from '../i18n.js';
import { cardOf, portNamesOf } from './card-view.js';
import { remove, setDisabled, setSettings, setTitle } from './commands.js';
import { ExitsList } from './exits-list.js';
import { GraphSettings } from './graph-settings.js';
import { SchemaForm } from './form/schema-form.js';
import { useGraph, useGraphStore, useSettledGraph } from './graph-store.js';
import { duplicate } from './copying/piece.js';
import { ThingSettings } from './thing-settings.js';
import { joinSentences } from './join-sentences.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import { NodeIcon } from './node-icon.js';

/** The settings of the selected step; of the graph when none is selected, and what can be done with several. */
export function SettingsPanel({ directory }: { directory: Directory }) {
  const { t } = useTranslation('graph');
  const selected = useSettledGraph((state) => state.selection.nodes);
  const [first] = selected;
  const node = useGraph((state) => (selected.size === 1 ? state.history.present.nodes.find(({ id }) => id === first) : undefined));
  if (node) return <StepSettings key={node.id} node={node} directory={directory} />;
  if (selected.size > 1) {
    return (
      <Stack p="md" gap="sm">
        <Text>{t('panel.several', { count: selected.size })}</Text>
        <StepTools ids={selected} isOff={false} />
      </Stack>
    );
  }
  return <ThingSettings otherwise={<GraphSettings />} />;
}

function StepSettings({ node, directory }: { node: GraphNode; directory: Directory }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const timezone = useGraph((state) => state.history.present.timezone ?? defaultTimezone);
  const findings = useLayers((layers) => layers.byNode.get(node.id)) ?? [];
  const names = useLayers((layers) => layers.names);
  const nodeType = nodeTypes.get(node.type);
  const card = cardOf(node, language, timezone);

  return (
    <Stack p="md" gap="md">
      <div>
        <Group gap={8} wrap="nowrap" justify="space-between">
          <Group gap={8} wrap="nowrap" style={{ color: card.family && `var(--family-${card.family})` }}>
            <NodeIcon name={card.icon} size={18} />
            <Text fw={600} c="var(--mantine-color-text)">
              {card.typeTitle}
            </Text>
          </Group>
          {!readOnly && <StepTools ids={new Set([node.id])} isOff={node.disabled === true} />}
        </Group>
        <Text size="xs" c="dimmed" mt={4}>
          {nodeType?.description[language] ?? t('card.unknownType')}
        </Text>
      </div>
      <div data-title>
        <TextInput
          label={t('panel.title')}
          placeholder={card.typeTitle}
          maxLength={200}
          disabled={readOnly}
          value={node.title ?? ''}
          onChange={(event) => store.getState().commit(setTitle(node.id, event.currentTarget.value), { merge: `title:${node.id}` })}
        />
      </div>
      {nodeType && (
        <SchemaForm
          scope={{ nodeType, nodeId: node.id, settings: node.settings, timezone, directory, readOnly }}
          findings={findings}
          onChange={(settings, field) => {
            const after = portNamesOf({ ...node, settings });
            store
              .getState()
              .commit(setSettings(node.id, settings, { before: portNamesOf(node), after }), { merge: `settings:${node.id}:${field}` });
          }}
        />
      )}
      <Findings
        texts={findings
          .filter(({ path = '' }) => !path.includes('.settings.'))
          .map(({ text, mend }) => [nameIds(text[language], names), mend?.[language]])}
      />
      <Divider />
      <ExitsList node={node} />
    </Stack>
  );
}

/** What is wrong with the step as a whole; what is wrong with a setting stands under it. */
function Findings({ texts }: { texts: [string, string | undefined][] }) {
  if (texts.length === 0) return null;
  return (
    <Stack gap={4}>
      {texts.map(([text, mend]) => (
        <Text key={text} size="xs" c="light-dark(#8a5300, var(--mantine-color-yellow-5))">
          {joinSentences(text, mend)}
        </Text>
      ))}
    </Stack>
  );
}

function StepTools({ ids, isOff }: { ids: ReadonlySet<string>; isOff: boolean }) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const twice = () => {
    const made = duplicate(store.getState().history.present, { nodes: ids, notes: new Set(), groups: new Set() });
    store.getState().commit(() => made.graph);
    store.getState().select(made.picked);
  };
  const tools = [
    {
      label: t(isOff ? 'panel.switchOn' : 'panel.switchOff'),
      Mark: isOff ? IconPlayerPlay : IconPlayerPause,
      run: () => store.getState().commit(setDisabled(ids, !isOff)),
    },
    { label: t('panel.duplicate'), Mark: IconCopyPlus, run: twice },
    { label: t('panel.remove'), Mark: IconTrash, run: () => store.getState().commit(remove(ids)) },
  ];
  return (
    <Group gap={2} wrap="nowrap">
      {tools.map(({ label, Mark, run }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={run}>
            <Mark size={16} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
