import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ruleSetSteps, type StepFigures } from '../../../../api/steps.js';
import { api, withQuery } from '../../api-client.js';
import { useLiveQuery } from '../../live.js';
import { layerDays, type LayerDays } from '../proving/layer-choice.js';
import { useNewestVersions } from '../use-newest-versions.js';

/** What figures are of: so many days, and one version; without one, all together. */
export interface FiguresOf {
  days: LayerDays;
  version?: number;
}

/** Chooses days and version. */
export function FiguresChoice({ ruleSetId, of, onChange }: { ruleSetId: string; of: FiguresOf; onChange: (of: FiguresOf) => void }) {
  const { t } = useTranslation('graph');
  const versions = useNewestVersions(ruleSetId);
  return (
    <Group gap={8} wrap="nowrap">
      <Select
        size="xs"
        w={120}
        aria-label={t('figures.days')}
        data={layerDays.map((days) => ({ value: String(days), label: t(`figures.last.${days}`) }))}
        value={String(of.days)}
        allowDeselect={false}
        onChange={(value) => onChange({ ...of, days: layerDays.find((days) => String(days) === value) ?? 7 })}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('figures.version')}
        data={[
          { value: '', label: t('figures.allVersions') },
          ...versions.map(({ version, live }) => ({
            value: String(version),
            label: t(live ? 'figures.liveVersion' : 'versions.one', { version }),
          })),
        ]}
        value={of.version === undefined ? '' : String(of.version)}
        allowDeselect={false}
        onChange={(value) => onChange({ days: of.days, ...(value && { version: Number(value) }) })}
      />
    </Group>
  );
}

/** The figures of all steps, kept up to date. */
export function useFigures(ruleSetId: string, { days, version }: FiguresOf) {
  const key = ['rule-set', ruleSetId, 'figures'];
  useLiveQuery(['message'], key, 5000);
  return useQuery({
    queryKey: [...key, days, version ?? null],
    queryFn: async (): Promise<StepFigures[]> =>
      (await api.get(withQuery(`/api/rule-sets/${ruleSetId}/steps`, { days, version }), ruleSetSteps)).items,
  });
}
