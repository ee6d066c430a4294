import type { ReactNode } from 'react';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { useNewestVersions } from '../use-newest-versions.js';

/** What is tried: the draft, or a version that is frozen already. `value` is `draft` or the version's number. */
export function VersionChoice({
  ruleSet,
  value,
  onChange,
  error,
}: {
  ruleSet: RuleSet;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
}) {
  const { t } = useTranslation('graph');
  const versions = useNewestVersions(ruleSet.id).filter(({ live }) => !live);
  return (
    <Select
      label={t('trial.version')}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
      error={error}
      data={[
        { value: 'draft', label: t('trial.draft') },
        ...versions.map(({ version, isCandidate }) => ({
          value: String(version),
          label: t(isCandidate ? 'trial.candidate' : 'versions.one', { version }),
        })),
      ]}
    />
  );
}

/** What a request names: nothing for the draft. */
export function toVersion(value: string): { version?: number } {
  return value === 'draft' ? {} : { version: Number(value) };
}
