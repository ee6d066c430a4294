import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconChevronUp, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pipeline } from '../../../api/pipelines.js';
import { api } from '../api-client.js';
import { Confirm } from '../ui/confirm.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { FormFoot } from './form-foot.js';
import { moveRow, toStages, type StageRow } from './stage-rows.js';

/** One pipeline: its name, and its stages in order; saved whole. */
export function PipelineForm({ pipeline, mayManage }: { pipeline: Pipeline; mayManage: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const form = useForm({
    initialValues: { name: pipeline.name, stages: pipeline.stages.map((stage): StageRow => ({ key: stage.id, ...stage })) },
  });
  const changed = () =>
    Promise.all([client.invalidateQueries({ queryKey: ['pipelines'] }), client.invalidateQueries({ queryKey: ['directory'] })]);
  const { submit, ...foot } = useSubmit(
    form,
    ({ name, stages }) => api.put(`/api/pipelines/${pipeline.id}`, undefined, { name: name.trim(), stages: toStages(stages) }),
    (_answer, values) => {
      form.resetDirty(values);
      return changed();
    },
  );
  const { stages } = form.values;
  const setStages = (rows: StageRow[]) => form.setFieldValue('stages', rows);
  return (
    <Section
      title={pipeline.name}
      actions={
        mayManage && (
          <Button size="xs" variant="subtle" color="gray" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsks(true)}>
            {t('pipelines.delete')}
          </Button>
        )
      }
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {mayManage && (
            <TextInput label={t('pipelines.name')} required withAsterisk={false} maxLength={200} {...form.getInputProps('name')} />
          )}
          <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
            {stages.map((stage, index) => (
              <Stage
                key={stage.key}
                stage={stage}
                place={index}
                last={stages.length - 1}
                mayManage={mayManage}
                error={form.errors[`stages.${index}.name`] ?? form.errors[`stages.${index}`]}
                onChange={(changes) => setStages(stages.map((row, place) => (place === index ? { ...row, ...changes } : row)))}
                onMove={(from, to) => setStages(moveRow(stages, from, to))}
                onRemove={() => setStages(stages.filter((_, place) => place !== index))}
              />
            ))}
          </Stack>
          {form.errors['stages'] && (
            <Text size="xs" c="var(--mantine-color-error)">
              {form.errors['stages']}
            </Text>
          )}
          {mayManage && (
            <>
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPlus size={16} aria-hidden />}
                  onClick={() => setStages([...stages, { key: crypto.randomUUID(), name: '', open: true, deals: 0 }])}
                >
                  {t('pipelines.addStage')}
                </Button>
                {form.isDirty() && (
                  <>
                    <Text size="xs" c="dimmed">
                      {t('pipelines.unsaved')}
                    </Text>
                    <Button size="xs" variant="subtle" color="gray" onClick={() => form.reset()}>
                      {t('pipelines.revert')}
                    </Button>
                  </>
                )}
              </Group>
              <FormFoot {...foot} fields={[...foot.fields, ...stages.map((_, index) => `stages.${index}.name`)]} />
            </>
          )}
        </Stack>
      </form>
      {asks && (
        <Confirm
          title={t('pipelines.deleteTitle', { name: pipeline.name })}
          text={t('pipelines.deleteText')}
          action={t('pipelines.delete')}
          onConfirm={async () => {
            await api.delete(`/api/pipelines/${pipeline.id}`);
            await changed();
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </Section>
  );
}

interface StageProps {
  stage: StageRow;
  place: number;
  last: number;
  mayManage: boolean;
  error: ReactNode;
  onChange: (changes: Partial<StageRow>) => void;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
}

/** One stage: moved by its buttons or by its handle. */
function Stage({ stage: { name, open, deals }, place, last, mayManage, error, onChange, onMove, onRemove }: StageProps) {
  const { t } = useTranslation('settings');
  const [isOver, setOver] = useState(false);
  const count = deals > 0 && <Text c="dimmed">{t('pipelines.deals', { count: deals })}</Text>;
  if (!mayManage) {
    return (
      <Group component="li" gap="sm">
        <Text>{name}</Text>
        {open && <Text c="dimmed">{t('pipelines.open')}</Text>}
        {count}
      </Group>
    );
  }
  return (
    <li
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('text/stage-place')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onMove(Number(event.dataTransfer.getData('text/stage-place')), place);
      }}
      style={{ borderRadius: 8, outline: isOver ? '2px solid var(--mantine-primary-color-filled)' : undefined }}
    >
      <Group gap="sm" align="flex-start">
        <Group gap={0} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            component="span"
            draggable
            aria-hidden
            title={t('pipelines.drag', { name })}
            visibleFrom="sm"
            style={{ cursor: 'grab' }}
            onDragStart={(event: DragEvent) => {
              event.dataTransfer.setData('text/stage-place', String(place));
              event.dataTransfer.effectAllowed = 'move';
            }}
          >
            <IconGripVertical size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('pipelines.up', { name })}
            disabled={place === 0}
            onClick={() => onMove(place, place - 1)}
          >
            <IconChevronUp size={18} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('pipelines.down', { name })}
            disabled={place === last}
            onClick={() => onMove(place, place + 1)}
          >
            <IconChevronDown size={18} />
          </ActionIcon>
        </Group>
        <TextInput
          flex={1}
          miw={160}
          aria-label={t('pipelines.stageName', { number: place + 1 })}
          value={name}
          // Only one that was added just now has no name yet: it is named next.
          autoFocus={name === ''}
          error={error}
          required
          maxLength={200}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Group gap="sm" wrap="nowrap" align="center" mih={36}>
          <Checkbox
            label={t('pipelines.open')}
            aria-label={t('pipelines.openOf', { name })}
            checked={open}
            onChange={(event) => onChange({ open: event.currentTarget.checked })}
          />
          <Group gap="xs" w={{ base: undefined, sm: 130 }} justify="flex-end" wrap="nowrap">
            {count}
            <Tooltip label={t('pipelines.occupied')} disabled={deals === 0}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('pipelines.remove', { name })}
                disabled={last === 0}
                data-disabled={deals > 0 || undefined}
                aria-disabled={deals > 0}
                onClick={() => deals === 0 && onRemove()}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      </Group>
    </li>
  );
}
