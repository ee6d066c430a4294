import { useRef, useState } from 'react';
import { ActionIcon, Collapse, Menu, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconCopy,
  IconDots,
  IconEdit,
  IconMessages,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphTest, TestResult } from '../../../../rules/index.js';
import { DifferenceText } from './difference-text.js';
import { wordsOfEvent } from './event-words.js';
import classes from './proving.module.css';

interface TestRowProps {
  test: GraphTest;
  /** Undefined until it was played. */
  result: TestResult | undefined;
  readOnly: boolean;
  onRename: (name: string) => void;
  onEdit: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onTry: () => void;
}

/** One test: whether it passes, what happens in it, where it differs, and what can be done with it. */
export function TestRow({ test, result, readOnly, onRename, onEdit, onDuplicate, onRemove, onTry }: TestRowProps) {
  const { t } = useTranslation('graph');
  const [isOpen, setOpen] = useState<boolean>();
  const [name, setName] = useState<string>();
  const isFresh = useRef(false);
  const isFailed = result?.passed === false;
  const [Mark, color, word] = !result
    ? [IconCircleDashed, 'var(--mantine-color-dimmed)', t('tests.notPlayed')]
    : isFailed
      ? [IconCircleX, 'var(--mantine-color-red-filled)', t('tests.failed')]
      : [IconCircleCheck, 'var(--mantine-color-green-filled)', t('tests.passed')];
  const keepName = () => {
    if (name !== undefined) onRename(name);
    setName(undefined);
  };
  return (
    <li className={classes.test} data-test={test.name} data-passed={result?.passed}>
      <div className={classes.testHead}>
        <Mark size={18} color={color} aria-label={word} role="img" style={{ flex: 'none' }} />
        {name === undefined ? (
          <UnstyledButton className={classes.testName} aria-expanded={isOpen ?? isFailed} onClick={() => setOpen(!(isOpen ?? isFailed))}>
            {test.name}
          </UnstyledButton>
        ) : (
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('tests.name')}
            value={name}
            autoFocus
            onChange={(event) => {
              isFresh.current = false;
              setName(event.currentTarget.value);
            }}
            onBlur={(event) => {
              // The menu gives the focus back to its button as it closes: that is not the end of the typing.
              if (isFresh.current) {
                isFresh.current = false;
                return event.currentTarget.focus();
              }
              keepName();
            }}
            onKeyDown={(event) => {
              if (event.code === 'Enter') keepName();
              if (event.code === 'Escape') {
                event.stopPropagation();
                setName(undefined);
              }
            }}
          />
        )}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('tests.more', { name: test.name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconMessages size={16} />} onClick={onTry}>
              {t('tests.try')}
            </Menu.Item>
            {!readOnly && (
              <>
                <Menu.Item leftSection={<IconEdit size={16} />} onClick={onEdit}>
                  {t('tests.edit')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconPencil size={16} />}
                  onClick={() => {
                    isFresh.current = true;
                    setName(test.name);
                  }}
                >
                  {t('tests.rename')}
                </Menu.Item>
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={onDuplicate}>
                  {t('tests.duplicate')}
                </Menu.Item>
                <Menu.Item leftSection={<IconTrash size={16} />} onClick={onRemove}>
                  {t('tests.remove')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <Collapse expanded={isOpen ?? isFailed}>
        <ul className={classes.differences}>
          {test.events.map((event, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <span className={classes.dimmed}>{index + 1}.</span> {wordsOfEvent(event, t)}
            </li>
          ))}
          {(result?.differences ?? []).slice(0, shownDifferences).map((difference, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`d${index}`}>
              <DifferenceText difference={difference} />
            </li>
          ))}
        </ul>
      </Collapse>
    </li>
  );
}

/** As many as a person reads in a list; the form shows all. */
const shownDifferences = 5;
