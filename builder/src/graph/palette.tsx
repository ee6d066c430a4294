import { useState } from 'react';
import { Button, CloseButton, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconToolsKitchen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NodeType } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { families, findTypes } from './finding/find-types.js';
import { NodeIcon } from './node-icon.js';
import classes from './palette.module.css';

/** The kind of data that a step dragged from the palette carries. */
export const draggedType = 'application/x-razvilka-node-type';

/** All node types by family, with a search; a step is dragged to its place or added with a click. Below them the way to a whole recipe, for who may draw. */
export function Palette({ onAdd, onRecipes }: { onAdd: (type: string) => void; onRecipes?: () => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const found = findTypes(query, language);
  return (
    <nav className={classes.palette} aria-label={t('palette.label')}>
      <TextInput
        m={8}
        size="xs"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        placeholder={t('palette.search')}
        aria-label={t('palette.search')}
        leftSection={<IconSearch size={14} />}
        rightSection={query === '' ? null : <CloseButton size="xs" aria-label={t('palette.clear')} onClick={() => setQuery('')} />}
        onKeyDown={(event) => {
          if (event.code === 'Enter' && found[0]) onAdd(found[0].type);
          if (event.code === 'Escape') setQuery('');
        }}
      />
      <div className={classes.list}>
        {families.map((family) => {
          const types = found.filter((nodeType) => nodeType.family === family);
          if (types.length === 0) return null;
          return (
            <section key={family} aria-label={t(`family.${family}`)}>
              <h3 className={classes.family}>{t(`family.${family}`)}</h3>
              {types.map((nodeType) => (
                <PaletteItem key={nodeType.type} nodeType={nodeType} onAdd={onAdd} />
              ))}
            </section>
          );
        })}
        {found.length === 0 && <p className={classes.family}>{t('palette.nothing')}</p>}
      </div>
      {onRecipes && (
        <Button variant="subtle" size="compact-sm" m={8} leftSection={<IconToolsKitchen2 size={16} />} onClick={onRecipes}>
          {t('recipes.insertDots')}
        </Button>
      )}
    </nav>
  );
}

function PaletteItem({ nodeType, onAdd }: { nodeType: NodeType; onAdd: (type: string) => void }) {
  const language = useLanguage();
  return (
    <UnstyledButton
      className={classes.item}
      draggable
      title={nodeType.description[language]}
      onDragStart={(event) => {
        event.dataTransfer.setData(draggedType, nodeType.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => onAdd(nodeType.type)}
    >
      <span className={classes.icon} style={{ color: `var(--family-${nodeType.family})` }}>
        <NodeIcon name={nodeType.icon} />
      </span>
      {nodeType.title[language]}
    </UnstyledButton>
  );
}
