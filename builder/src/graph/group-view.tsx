import { memo } from 'react';
import { NodeResizer, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { leastSize, setGroupTitle, shownColor } from './canvas-things.js';
import type { GroupNode } from './flow-view.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { useLayers } from './layers.js';
import { groupKey } from './things.js';
import { TypedText } from './typed-text.js';
import classes from './things.module.css';

/** A named frame behind the cards. It is dragged by its title, with all that lies in it. */
export const GroupView = memo(function GroupView({ data: { group }, selected }: NodeProps<GroupNode>) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const key = groupKey(group.id);
  const isEditing = useGraph((state) => state.editing === key);
  const isFound = useLayers(({ found }) => found?.has(key));
  return (
    <div
      className={`${classes.group} ${selected ? classes.selected : ''} ${isFound ? classes.found : ''}`}
      data-color={shownColor(group.color, 'grey')}
    >
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={leastSize.width}
        minHeight={leastSize.height}
        lineClassName={classes.edge}
        handleClassName={classes.corner}
      />
      <div className={classes.groupTitle} title={group.title}>
        {isEditing ? (
          <TypedText
            className={classes.groupInput}
            label={t('thing.groupTitle')}
            value={group.title}
            onChange={(title) => store.getState().commit(setGroupTitle(group.id, title), { merge: key })}
          />
        ) : (
          group.title || <span className={classes.hint}>{t('thing.untitled')}</span>
        )}
      </div>
    </div>
  );
});
