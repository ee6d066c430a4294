import { Button, NumberInput, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../ui/copy-field.js';
import { PasswordField } from '../ui/password-field.js';
import type { FormField } from './form-fields.js';
import { newWebhookSecret } from './new-secret.js';

interface SettingInput {
  field: FormField;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
  error?: string | undefined;
  /** A secret that the server holds already. */
  isSet: boolean;
}

/** One input of the connect form, by the kind of its setting. */
export function SettingInput({ field, value, onChange, error, isSet }: SettingInput) {
  const { kind, label, help, placeholder, isRequired, options, min, max } = field;
  const shared = { label, description: help, error, required: isRequired && !isSet, withAsterisk: false };
  const text = String(value);
  if (kind === 'secret') return <SecretInput field={field} value={text} onChange={onChange} error={error} isSet={isSet} />;
  if (kind === 'switch') {
    return (
      <Switch
        label={label}
        description={help}
        error={error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === 'choice' && options && options.length <= 4) {
    return (
      <Radio.Group {...shared} value={text} onChange={onChange}>
        <Stack gap="sm" mt="sm">
          {options.map((option) => (
            <Radio key={option.value} {...option} />
          ))}
        </Stack>
      </Radio.Group>
    );
  }
  if (kind === 'choice') {
    return <Select {...shared} data={options ?? []} value={text} allowDeselect={false} onChange={(chosen) => onChange(chosen ?? '')} />;
  }
  if (kind === 'number') {
    return (
      <NumberInput
        {...shared}
        placeholder={placeholder}
        value={text}
        onChange={(entered) => onChange(String(entered))}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
      />
    );
  }
  if (kind === 'lines' || kind === 'long-text') {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxRows={8}
        placeholder={placeholder}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      placeholder={placeholder}
      value={text}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Masked, never filled in by the server; a webhook's secret can be made up here and copied once. */
function SecretInput({ field, value, onChange, error, isSet }: SettingInput & { value: string }) {
  const { t } = useTranslation('channels');
  const [made, setMade] = useState<string | null>(null);
  const canMake = field.placeholder?.startsWith('whsec_') === true;
  return (
    <Stack gap="sm" align="stretch">
      <PasswordField
        label={field.label}
        description={field.help}
        error={error}
        required={field.isRequired && !isSet}
        withAsterisk={false}
        placeholder={isSet ? t('secretSet') : field.placeholder}
        value={value}
        autoComplete="new-password"
        onChange={(event) => {
          setMade(null);
          onChange(event.currentTarget.value);
        }}
      />
      {canMake && made === null && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconSparkles size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            const secret = newWebhookSecret();
            setMade(secret);
            onChange(secret);
          }}
        >
          {t('makeSecret')}
        </Button>
      )}
      {made !== null && <CopyField label={field.label} help={t('secretOnce')} value={made} />}
    </Stack>
  );
}
