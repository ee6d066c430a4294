import { memo } from 'react';
import type { NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { splitLinks } from '../ui/split-links.js';
import { setNoteText, shownColor } from './canvas-things.js';
import type { NoteNode } from './flow-view.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { noteKey } from './things.js';
import { ThingBox } from './thing-box.js';
import { TypedText } from './typed-text.js';
import classes from './things.module.css';

/** A sticky note: text in a colour, typed in place, of any size. */
export const NoteView = memo(function NoteView({ data: { note }, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const key = noteKey(note.id);
  const isEditing = useGraph((state) => state.editing === key);
  return (
    <ThingBox thing={key} kind="note" color={shownColor(note.color, 'yellow')} selected={selected}>
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
    </ThingBox>
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
