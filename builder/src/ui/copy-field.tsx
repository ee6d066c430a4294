import { ActionIcon, CopyButton, Input, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** A text to take away: an address, a snippet (`lines` over 1), a token. Selected as a whole on focus, with a copy button. */
export function CopyField({ label, help, value, lines = 1 }: { label: string; help?: string; value: string; lines?: number }) {
  const { t } = useTranslation('ui');
  const copy = (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copied') : t('copy')} opened={copied ? true : undefined}>
          <ActionIcon variant="subtle" aria-label={`${t('copy')}: ${label}`} onClick={copy}>
            {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
  const shared = {
    label,
    description: help,
    value,
    readOnly: true,
    rightSection: copy,
    styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } },
  };
  return (
    <Input.Wrapper>
      {lines > 1 ? (
        <Textarea {...shared} rows={lines} onFocus={(event) => event.currentTarget.select()} />
      ) : (
        <TextInput {...shared} onFocus={(event) => event.currentTarget.select()} />
      )}
    </Input.Wrapper>
  );
}
