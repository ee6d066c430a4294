import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A field for what is typed unseen; its eye says in the reader's language what it does. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('ui');
  const [isShown, setShown] = useState(false);
  return (
    <PasswordInput
      {...props}
      visible={isShown}
      onVisibilityChange={setShown}
      visibilityToggleButtonProps={{ 'aria-label': t('showTyped'), 'aria-pressed': isShown }}
    />
  );
}
