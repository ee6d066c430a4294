import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from 'react-router';

/** A search box that tells its value when typing pauses, at once on Enter and when it is emptied. */
export function SearchField({
  value,
  onSearch,
  label,
  ...rest
}: { value: string; onSearch: (text: string) => void; label: string } & Omit<TextInputProps, 'value' | 'onChange' | 'label'>) {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState(value);
  // A value from outside (the filters were reset) is shown; one's own, which comes back while typing goes on, is not.
  const [seen, setSeen] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== told) setTyped(value);
  }
  const tell = (text: string) => {
    setTold(text);
    onSearch(text);
  };
  const { state } = useNavigation();
  // Who typed and then pressed a link is on the way: a search that came into the address now would call them back.
  const later = useDebouncedCallback((text: string) => state === 'idle' && tell(text), 350);
  const now = (text: string) => {
    setTyped(text);
    later.cancel();
    tell(text);
  };
  return (
    <TextInput
      type="search"
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => now('')} /> : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') now(typed);
      }}
      {...rest}
    />
  );
}
