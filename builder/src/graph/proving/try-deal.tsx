import { SegmentedControl, Select, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../../api/rule-sets.js';
import type { ChatDeal } from './chat-move.js';

/** The deal that the next event shows: none, or at a stage, with its responsible and tags. */
export function TryDeal({
  deal,
  directory,
  onChange,
}: {
  deal: ChatDeal | 'none';
  directory: Directory;
  onChange: (deal: ChatDeal | 'none') => void;
}) {
  const { t } = useTranslation('graph');
  const [first] = directory.pipelines;
  const state = deal === 'none' ? 'none' : deal.open ? 'open' : 'closed';
  const known: ChatDeal =
    deal === 'none' ? { open: true, tags: [], ...(first && { pipeline: first.name, stage: first.stages[0]?.name }) } : deal;
  const pipeline = directory.pipelines.find(({ name }) => name === known.pipeline);
  const stageThatIs = (open: boolean) => (pipeline ?? first)?.stages.find((stage) => stage.open === open)?.name ?? known.stage;
  return (
    <Stack gap={8}>
      <Text size="xs" fw={500}>
        {t('try.deal')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('try.deal')}
        data={(['none', 'open', 'closed'] as const).map((value) => ({ value, label: t(`try.dealState.${value}`) }))}
        value={state}
        onChange={(value) =>
          onChange(
            value === 'none'
              ? 'none'
              : {
                  ...known,
                  open: value === 'open',
                  stage: known.open === (value === 'open') && deal !== 'none' ? known.stage : stageThatIs(value === 'open'),
                },
          )
        }
      />
      {deal !== 'none' && (
        <>
          <SimpleGrid cols={2} spacing={8}>
            <Select
              size="xs"
              label={t('try.pipeline')}
              data={directory.pipelines.map(({ name }) => name)}
              value={known.pipeline ?? null}
              onChange={(name) => {
                const stage = directory.pipelines.find((one) => one.name === name)?.stages[0];
                onChange({ ...known, pipeline: name ?? undefined, stage: stage?.name, open: stage?.open ?? true });
              }}
            />
            <Select
              size="xs"
              label={t('try.stage')}
              data={(pipeline?.stages ?? []).map(({ name }) => name)}
              value={known.stage ?? null}
              onChange={(name) => {
                const stage = pipeline?.stages.find((one) => one.name === name);
                onChange({ ...known, stage: stage?.name, open: stage?.open ?? known.open });
              }}
            />
          </SimpleGrid>
          <Select
            size="xs"
            label={t('try.responsible')}
            placeholder={t('try.nobodyResponsible')}
            clearable
            clearButtonProps={{ 'aria-label': t('try.nobodyResponsible') }}
            data={directory.users.map(({ id, name }) => ({ value: id, label: name }))}
            value={known.responsible ?? null}
            onChange={(user) => onChange({ ...known, responsible: user ?? undefined })}
          />
          <TagsInput size="xs" label={t('try.tags')} value={known.tags} onChange={(tags) => onChange({ ...known, tags })} />
        </>
      )}
    </Stack>
  );
}
