import { ActionIcon, Button, Kbd, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconCommand,
  IconDots,
  IconDownload,
  IconGitCompare,
  IconHistory,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconMessages,
  IconTestPipe,
  IconUpload,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RuleSet } from '../../../api/rule-sets.js';
import type { DraftSaving } from './saving/use-draft.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { keysFor } from './keys.js';
import { Presence } from './presence.js';
import { SaveIndicator } from './saving/save-indicator.js';
import { StateBadge } from './state-badge.js';
import classes from './editor.module.css';

interface EditorBarProps {
  ruleSet: RuleSet;
  saving: DraftSaving;
  canPublish: boolean;
  isNarrow: boolean;
  onTry: () => void;
  onPanel: () => void;
  onVersions: () => void;
  onPublish: () => void;
  onKeys: () => void;
  onCommands: () => void;
  onExport: () => void;
  onImport: () => void;
}

/** Above the canvas: what it is, whether it is safe, and what can be done with it. */
export function EditorBar(props: EditorBarProps) {
  const { ruleSet, saving, canPublish, isNarrow, onTry, onPanel, onVersions, onPublish, onKeys, onCommands, onExport, onImport } = props;
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const canUndo = useGraph((state) => state.history.past.length > 0);
  const canRedo = useGraph((state) => state.history.future.length > 0);
  return (
    <header className={classes.bar}>
      <ActionIcon component={Link} to="/rules" variant="subtle" color="gray" aria-label={t('bar.back')}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <h1 className={classes.name} style={{ margin: 0 }} title={ruleSet.name}>
        {ruleSet.name}
      </h1>
      <StateBadge ruleSet={ruleSet} />
      <SaveIndicator state={saving.state} refusal={saving.refusal} />
      <span className={classes.spring} />
      <Presence ruleSetId={ruleSet.id} />
      {!isNarrow && (
        <>
          <BarIcon label={t('keys.undo')} isOff={!canUndo} run={() => store.getState().undo()}>
            <IconArrowBackUp size={18} />
          </BarIcon>
          <BarIcon label={t('keys.redo')} isOff={!canRedo} run={() => store.getState().redo()}>
            <IconArrowForwardUp size={18} />
          </BarIcon>
        </>
      )}
      {isNarrow ? (
        <BarIcon label={t('bar.try')} run={onTry}>
          <IconMessages size={18} />
        </BarIcon>
      ) : (
        <Button size="xs" variant="default" leftSection={<IconMessages size={16} />} onClick={onTry}>
          {t('bar.try')}
        </Button>
      )}
      <BarIcon label={t('bar.panel')} run={onPanel}>
        <IconLayoutSidebarRight size={18} />
      </BarIcon>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('bar.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={onVersions}>
            {t('bar.versions')}
          </Menu.Item>
          <Menu.Item component={Link} to={`/rules/${ruleSet.id}/backtest`} leftSection={<IconGitCompare size={16} />}>
            {t('backtest.menu')}
          </Menu.Item>
          <Menu.Item component={Link} to={`/rules/${ruleSet.id}/trial`} leftSection={<IconTestPipe size={16} />}>
            {t('trial.menu')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={onExport}>
            {t('bar.export')}
          </Menu.Item>
          {!isNarrow && (
            <>
              <Menu.Item leftSection={<IconUpload size={16} />} onClick={onImport}>
                {t('bar.import')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCommand size={16} />} rightSection={<Kbd>{keysFor('palette')[0]}</Kbd>} onClick={onCommands}>
                {t('keys.palette')}
              </Menu.Item>
              <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
                {t('keys.title')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {canPublish && (
        <Button size="xs" onClick={onPublish} disabled={saving.state === 'conflict'}>
          {t('bar.publish')}
        </Button>
      )}
    </header>
  );
}

function BarIcon({ label, isOff = false, run, children }: { label: string; isOff?: boolean; run: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={isOff ? 'transparent' : 'subtle'}
        color="gray"
        aria-label={label}
        disabled={isOff}
        bg={isOff ? 'transparent' : undefined}
        onClick={run}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
