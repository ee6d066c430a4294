import { memo } from 'react';
import { NodeResizer, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { splitLinks } from '../ui/split-links.js';
import { leastSize, setNoteText, shownColor } from './canvas-things.js';
import type { NoteNode } from './flow-view.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { useLayers } from './layers.js';
import { noteKey } from './things.js';
import { TypedText } from './typed-text.js';
import classes from './things.module.css';

/** A sticky note: text in a colour, typed in place, of any size. */
export const NoteView = memo(function NoteView({ data: { note }, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const key = noteKey(note.id);
  const isEditing = useGraph((state) => state.editing === key);
  const isFound = useLayers(({ found }) => found?.has(key));
  return (
    <div
      className={`${classes.note} ${selected ? classes.selected : ''} ${isFound ? classes.found : ''}`}
      data-color={shownColor(note.color, 'yellow')}
    >
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={leastSize.width}
        minHeight={leastSize.height}
        lineClassName={classes.edge}
        handleClassName={classes.corner}
      />
      {isEditing ? (
        <TypedText
          className={classes.noteText}
          label={t('thing.noteText')}
          value={note.text}
          lines
          onChange={(text) => store.getState().commit(setNoteText(note.id, text), { merge: key })}
        />
      ) : (
        <div className={`${classes.noteText} ${selected ? 'nowheel' : ''}`}>
          {note.text === '' ? (
            <span className={classes.hint}>{t(readOnly ? 'thing.emptyNote' : 'thing.typeHere')}</span>
          ) : (
            <Lines text={note.text} />
          )}
        </div>
      )}
    </div>
  );
});

function Lines({ text }: { text: string }) {
  return splitLinks(text).map(({ text: part, href }, index) =>
    href ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts of a text have no other name than their place
      <a key={index} href={href} target="_blank" rel="noreferrer noopener" className="nodrag">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
