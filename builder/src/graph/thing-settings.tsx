import type { ReactNode } from 'react';
import { Group, NumberInput, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { groupBox, noteBox } from './boxes.js';
import { leastSize, resizeThing, setColor, setGroupTitle, setNoteText, shownColor, thingColors } from './canvas-things.js';
import { gridStep } from './commands.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { groupKey, noteKey } from './things.js';

/** Text, colour and size of the one selected note or frame, as fields: for those who do not pull at corners. `otherwise` where none is selected. */
export function ThingSettings({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const [noteId, groupId] = [useGraph(({ selection }) => onlyOf(selection.notes)), useGraph(({ selection }) => onlyOf(selection.groups))];
  const note = useGraph(({ history }) => history.present.notes?.find(({ id }) => id === noteId));
  const group = useGraph(({ history }) => history.present.groups?.find(({ id }) => id === groupId));
  const thing = note ?? group;
  if (!thing || (note && group)) return otherwise;
  const key = note ? noteKey(note.id) : groupKey(thing.id);
  const box = note ? noteBox(note) : group && groupBox(group);
  const { commit } = store.getState();
  return (
    <Stack p="md" gap="md">
      <div>
        <Text fw={600}>{t(note ? 'thing.note' : 'thing.group')}</Text>
        <Text size="xs" c="dimmed">
          {t('thing.help')}
        </Text>
      </div>
      <div data-title>
        {note && (
          <Textarea
            label={t('thing.noteText')}
            autosize
            minRows={3}
            maxLength={10_000}
            disabled={readOnly}
            value={note.text}
            onChange={(event) => commit(setNoteText(note.id, event.currentTarget.value), { merge: key })}
          />
        )}
        {group && (
          <TextInput
            label={t('thing.groupTitle')}
            maxLength={200}
            disabled={readOnly}
            value={group.title}
            onChange={(event) => commit(setGroupTitle(group.id, event.currentTarget.value), { merge: key })}
          />
        )}
      </div>
      <Radio.Group label={t('thing.color')} value={shownColor(thing.color, note ? 'yellow' : 'grey')}>
        <Group gap="sm" mt={4}>
          {thingColors.map((color) => (
            <Radio
              key={color}
              value={color}
              label={t(`color.${color}`)}
              disabled={readOnly}
              onChange={() => commit(setColor(new Set([key]), color))}
            />
          ))}
        </Group>
      </Radio.Group>
      {box && (
        <Group grow>
          {(['width', 'height'] as const).map((side) => (
            <NumberInput
              key={`${side} ${box[side]}`}
              label={t(`thing.${side}`)}
              min={leastSize[side]}
              max={10_000}
              step={gridStep}
              disabled={readOnly}
              defaultValue={box[side]}
              // A number half typed is no size yet: it counts when the field is left.
              onBlur={(event) => {
                const value = Number(event.currentTarget.value);
                if (value > 0) commit(resizeThing(key, { ...box, [side]: value }));
              }}
            />
          ))}
        </Group>
      )}
    </Stack>
  );
}

function onlyOf(ids: ReadonlySet<string>): string | undefined {
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}
