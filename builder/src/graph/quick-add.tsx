import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { FocusTrap, TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n.js';
import { findTypes } from './finding/find-types.js';
import { NodeIcon } from './node-icon.js';
import classes from './palette.module.css';

interface QuickAddProps {
  /** Place on the screen, in pixels; the middle of the canvas without one. */
  screen?: { x: number; y: number };
  /** Whether a wire leads here: nothing leads into a trigger. */
  fromPort: boolean;
  onChoose: (type: string) => void;
  onClose: () => void;
}

/** A list of node types at the pointer: type to narrow it, arrows to move, Enter to add. */
export function QuickAdd({ screen, fromPort, onChoose, onClose }: QuickAddProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const box = useClickOutside<HTMLDivElement>(onClose);
  const list = useRef<HTMLDivElement>(null);
  const found = findTypes(query, language).filter(({ family }) => !fromPort || family !== 'trigger');
  const at = Math.min(active, Math.max(found.length - 1, 0));

  useEffect(() => {
    list.current?.querySelector(`[role="option"]:nth-child(${at + 1})`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (move !== undefined) setActive((at + move + found.length) % Math.max(found.length, 1));
    else if (event.code === 'Enter' && found[at]) onChoose(found[at].type);
    else if (event.code === 'Escape' || event.code === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <FocusTrap active>
      <div ref={box} className={classes.quick} style={placeOf(screen)} role="dialog" aria-label={t('quickAdd.label')} onKeyDown={onKeyDown}>
        <TextInput
          data-autofocus
          m={8}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          placeholder={t('quickAdd.search')}
          aria-label={t('quickAdd.search')}
          leftSection={<IconSearch size={14} />}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[at] && `${listId}-${found[at].type}`}
        />
        <div id={listId} ref={list} className={classes.quickList} role="listbox" aria-label={t('quickAdd.label')}>
          {found.map((nodeType, index) => (
            <div
              key={nodeType.type}
              id={`${listId}-${nodeType.type}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              data-active={index === at}
              className={classes.item}
              onPointerMove={() => setActive(index)}
              onClick={() => onChoose(nodeType.type)}
              onKeyDown={onKeyDown}
            >
              <span className={classes.icon} style={{ color: `var(--family-${nodeType.family})` }}>
                <NodeIcon name={nodeType.icon} />
              </span>
              <span className={classes.text}>
                {nodeType.title[language]}
                <span className={classes.description}>{nodeType.description[language]}</span>
              </span>
            </div>
          ))}
          {found.length === 0 && <p className={classes.family}>{t('palette.nothing')}</p>}
        </div>
      </div>
    </FocusTrap>
  );
}

/** Inside the window, whatever the point. */
function placeOf(screen: QuickAddProps['screen']) {
  const x = screen?.x ?? window.innerWidth / 2 - 160;
  const y = screen?.y ?? window.innerHeight / 3;
  return { left: Math.max(8, Math.min(x, window.innerWidth - 336)), top: Math.max(8, Math.min(y, window.innerHeight - 400)) };
}
