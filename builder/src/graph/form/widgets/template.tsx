import { useRef, useState } from 'react';
import { Group, Paper, Stack, Text, Textarea, Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n.js';
import { textOf } from '../read-value.js';
import { previewTexts } from '../try-step.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

/** The substitutions that admins use most stand first; each is explained by `template.name.<NAME>`. */
const substitutions = [
  'NAME',
  'USERNAME',
  'PHONE',
  'DATE',
  'TIME',
  'CHANNEL',
  'SOURCENAME',
  'RESPONSIBLE',
  'STAGE',
  'DEAL',
  'TEXT',
  'DOMAIN',
  'IDENTITY',
  'SOURCE',
];

/** So many variants are shown unasked. */
const fewPreviews = 8;

/** A text with substitutions and variants; what clients may get is shown below it. */
export function TemplateWidget({ value, onChange, label, help, placeholder, error, required, name }: WidgetProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const scope = useFormScope();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = textOf(value);
  const [isWhole, setWhole] = useState(false);
  const isOneLine = name !== 'text' && name !== 'body' && name !== 'question';
  const previews = text.includes('%') || text.includes('{{') ? previewTexts(scope, name, language) : [];
  const shown = isWhole ? previews : previews.slice(0, fewPreviews);

  const insert = (piece: string) => {
    const start = field.current?.selectionStart ?? text.length;
    const end = field.current?.selectionEnd ?? text.length;
    onChange(text.slice(0, start) + piece + text.slice(end));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start + piece.length, start + piece.length);
    });
  };

  return (
    <>
      <Textarea
        ref={field}
        label={label}
        description={help}
        placeholder={placeholder}
        error={error}
        withAsterisk={required}
        autosize
        minRows={isOneLine ? 1 : 3}
        maxRows={14}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      {!scope.readOnly && (
        <Group gap={4} mt={6} role="group" aria-label={t('template.insert')}>
          {substitutions.map((one) => (
            <Tooltip key={one} label={t(`template.name.${one}`)} openDelay={300}>
              <UnstyledButton
                className={classes.chip}
                onClick={() => insert(`%${one}%`)}
                aria-label={`%${one}%: ${t(`template.name.${one}`)}`}
              >
                %{one}%
              </UnstyledButton>
            </Tooltip>
          ))}
          <Tooltip label={t('template.variants')} openDelay={300}>
            <UnstyledButton
              className={classes.chip}
              onClick={() => insert(`{{${t('template.variantsSample')}}}`)}
              aria-label={`{{…;…}}: ${t('template.variants')}`}
            >
              {'{{…;…}}'}
            </UnstyledButton>
          </Tooltip>
        </Group>
      )}
      {previews.length > 0 && (
        <Stack gap={4} mt={8}>
          <Text size="xs" c="dimmed">
            {t('template.preview')}
          </Text>
          {shown.map((preview) => (
            <Paper key={preview} withBorder px={8} py={4} fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {preview}
            </Paper>
          ))}
          {shown.length < previews.length && (
            <UnstyledButton className={classes.chip} style={{ alignSelf: 'flex-start' }} onClick={() => setWhole(true)}>
              {t('template.all', { count: previews.length })}
            </UnstyledButton>
          )}
        </Stack>
      )}
    </>
  );
}
