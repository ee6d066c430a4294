import { useState } from 'react';
import { ActionIcon, Button, Select, Textarea, Tooltip } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { messageKinds, type MessageKind } from '../../../../rules/index.js';
import { happenings, isMessage, type Happening } from './try-choices.js';
import classes from './try-it.module.css';

/** What is about to happen in the chat. */
export interface Composed {
  what: Happening;
  text: string;
  kind: MessageKind;
}

/** The field at the foot of the chat: what happens next, of which kind, with which text. */
export function Compose({
  isClockRight,
  onSend,
  onText,
}: {
  isClockRight: boolean;
  onSend: (composed: Composed) => void;
  onText: (text: string) => void;
}) {
  const { t } = useTranslation('graph');
  const [what, setWhat] = useState<Happening>('client');
  const [kind, setKind] = useState<MessageKind>('text');
  const [text, setText] = useState('');
  const isWritten = isMessage(what);
  const isReady = isClockRight && (!isWritten || kind !== 'text' || text.trim() !== '');
  const change = (next: string) => {
    setText(next);
    onText(next);
  };
  const send = () => {
    if (!isReady) return;
    onSend({ what, text: isWritten ? text : '', kind });
    if (isWritten) change('');
  };
  return (
    <div className={classes.write}>
      <div className={classes.what}>
        <Select
          size="xs"
          flex={1}
          aria-label={t('try.what')}
          data={happenings.map((value) => ({ value, label: t(`try.happening.${value}`) }))}
          value={what}
          allowDeselect={false}
          comboboxProps={{ position: 'top' }}
          maxDropdownHeight={340}
          onChange={(value) => setWhat(happenings.find((one) => one === value) ?? 'client')}
        />
        {isWritten && (
          <Select
            size="xs"
            w={130}
            aria-label={t('try.kind')}
            data={messageKinds.map((value) => ({ value, label: t(`try.messageKind.${value}`) }))}
            value={kind}
            allowDeselect={false}
            comboboxProps={{ position: 'top' }}
            maxDropdownHeight={340}
            onChange={(value) => setKind(messageKinds.find((one) => one === value) ?? 'text')}
          />
        )}
      </div>
      {isWritten ? (
        <div className={classes.line}>
          <Textarea
            flex={1}
            autosize
            minRows={1}
            maxRows={5}
            value={text}
            aria-label={t('try.message')}
            placeholder={t(what === 'client' ? 'try.placeholder' : 'try.placeholderOut')}
            error={isClockRight ? undefined : t('try.badClock')}
            onChange={(event) => change(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.code !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.stopPropagation();
              send();
            }}
          />
          <Tooltip label={t('try.send')}>
            <ActionIcon size={36} aria-label={t('try.send')} onClick={send} disabled={!isReady}>
              <IconSend size={18} />
            </ActionIcon>
          </Tooltip>
        </div>
      ) : (
        <Button size="sm" onClick={send} disabled={!isReady}>
          {t('try.happen')}
        </Button>
      )}
    </div>
  );
}
