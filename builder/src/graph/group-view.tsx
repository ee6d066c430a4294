import { memo } from 'react';
import type { NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { setGroupTitle, shownColor } from './canvas-things.js';
import type { GroupNode } from './flow-view.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { groupKey } from './things.js';
import { ThingBox } from './thing-box.js';
import { TypedText } from './typed-text.js';
import classes from './things.module.css';

/** A named frame behind the cards. It is dragged by its title, with all that lies in it. */
export const GroupView = memo(function GroupView({ data: { group }, selected }: NodeProps<GroupNode>) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const key = groupKey(group.id);
  const isEditing = useGraph((state) => state.editing === key);
  return (
    <ThingBox thing={key} kind="group" color={shownColor(group.color, 'grey')} selected={selected}>
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
    </ThingBox>
  );
});
