import { ActionIcon, Group, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayers } from './layers.js';

export type PanelTab = 'step' | 'try' | 'tests' | 'problems' | 'steps';

interface SidePanelProps {
  tab: PanelTab;
  tabs: readonly PanelTab[];
  /** Tests that do not pass. */
  failedTests: number;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  children: ReactNode;
}

/** The panel on the right: one of a step's settings, the try-it chat, the tests, the problems, the list of steps. */
export function SidePanel({ tab, tabs, failedTests, onTab, onClose, children }: SidePanelProps) {
  const { t } = useTranslation('graph');
  const problems = useLayers((layers) => layers.findings.length);
  const countOf = (value: PanelTab) => (value === 'problems' ? problems : value === 'tests' ? failedTests : 0);
  const data = tabs.map((value) => ({ value, label: [t(`tab.${value}`), countOf(value)].filter(Boolean).join(' · ') }));
  return (
    <aside aria-label={t('tab.label')} style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}>
      <Group gap={4} p={8} wrap="nowrap" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
        <SegmentedControl
          size="xs"
          flex={1}
          aria-label={t('tab.label')}
          data={data}
          value={tab}
          styles={tabStyles}
          onChange={(value) => onTab(tabs.find((one) => one === value) ?? tab)}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={t('tab.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <div style={{ flex: 1, minHeight: 0, overflowY: 'auto' }}>{children}</div>
    </aside>
  );
}

/** Five names and two counts fit into one row. */
const tabStyles = { label: { paddingInline: 4, fontSize: 12 } } as const;
