import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Kbd, Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePaletteItems, type PaletteItem } from './palette-items.js';
import type { Commands } from '../selection-commands.js';
import classes from './command-palette.module.css';

interface CommandPaletteProps {
  ruleSetId: string;
  commands: Commands;
  /** What is looked for at first. */
  query?: string;
  onJump: (key: string) => void;
  onClose: () => void;
}

/** Everything that can be done here and every place to go to, by typing: commands, steps of this graph, other rule sets and what is in them. */
export function CommandPalette({ ruleSetId, commands, query: first = '', onJump, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('graph');
  const listId = useId();
  const [query, setQuery] = useState(first);
  const [active, setActive] = useState(0);
  const [asked] = useDebouncedValue(query, 250);
  const { items, isLooking } = usePaletteItems({ ruleSetId, commands, query, asked, onJump });
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, Math.max(items.length - 1, 0));

  useEffect(() => {
    list.current?.querySelectorAll('[role=option]')[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (item: PaletteItem) => {
    onClose();
    // The dialog gives the focus back first: a command may want to put it elsewhere.
    requestAnimationFrame(item.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    const item = items[at];
    if (move !== undefined) setActive((at + move + items.length) % Math.max(items.length, 1));
    else if (event.code === 'Enter' && item) choose(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      centered={false}
      attributes={{ content: { 'aria-label': t('commands.label') } }}
    >
      <TextInput
        data-autofocus
        m={8}
        value={query}
        maxLength={200}
        placeholder={t('commands.what')}
        aria-label={t('commands.what')}
        leftSection={<IconSearch size={16} />}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={items[at] && `${listId}-${at}`}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div id={listId} ref={list} className={classes.list} role="listbox" aria-label={t('commands.label')}>
        {items.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.section !== items[index - 1]?.section && <h3 className={classes.section}>{t(`commands.section.${item.section}`)}</h3>}
            <div
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={classes.item}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(item)}
              onKeyDown={onKeyDown}
            >
              <span className={classes.text}>
                {item.label}
                {item.detail && <span className={classes.detail}>{item.detail}</span>}
              </span>
              {item.hint && <Kbd>{item.hint}</Kbd>}
            </div>
          </div>
        ))}
      </div>
      {(items.length === 0 || isLooking) && (
        <Text c="dimmed" size="sm" px="md" pb="sm" role="status">
          {t(isLooking ? 'commands.looking' : 'commands.nothing')}
        </Text>
      )}
    </Modal>
  );
}
