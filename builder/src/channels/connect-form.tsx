import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Channel, ConnectorInfo } from '../../../api/channels.js';
import { useLanguage } from '../i18n.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { toFields, toFormValues, toSettings, type FormValues } from './form-fields.js';
import { SettingInput } from './setting-input.js';

/** What the form gives to be saved. */
export interface ChannelInput {
  name: string;
  account: string;
  surface: 'direct' | 'comments';
  settings: Record<string, unknown>;
}

interface ConnectForm {
  connector: ConnectorInfo;
  /** What a new channel is called before a person names it. */
  suggestedName?: string;
  /** Absent: a new one. */
  channel?: Channel;
  action: string;
  onSave: (input: ChannelInput) => Promise<Channel>;
  onDone: (channel: Channel) => void;
  onCancel: () => void;
}

/** The connect form of one kind of channel, drawn from its connector's schema. */
export function ConnectForm({ connector, suggestedName = '', channel, action, onSave, onDone, onCancel }: ConnectForm) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const fields = toFields(connector.form, language);
  const settings: FormValues = toFormValues(fields, channel?.settings ?? {});
  const form = useForm<Omit<ChannelInput, 'settings'> & { settings: FormValues }>({
    initialValues: {
      name: channel?.name ?? suggestedName,
      account: channel?.account ?? '',
      surface: channel?.surface ?? 'direct',
      settings,
    },
  });
  const {
    submit,
    isSending,
    problem,
    fields: shown,
  } = useSubmit(
    form,
    (values) =>
      onSave({
        name: values.name.trim(),
        account: values.account.trim(),
        surface: values.surface,
        settings: toSettings(fields, values.settings, channel?.settings),
      }),
    onDone,
  );
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="lg">
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {fields.map((field) => (
          <SettingInput
            key={field.name}
            field={field}
            value={form.values.settings[field.name] ?? ''}
            onChange={(value) => form.setFieldValue(`settings.${field.name}`, value)}
            error={errorOf(form.errors, `settings.${field.name}`)}
            isSet={channel?.secretsSet.includes(field.name) ?? false}
          />
        ))}
        <TextInput label={t('account')} description={t('accountHelp')} maxLength={200} {...form.getInputProps('account')} />
        <div>
          <Text size="sm" fw={500} mb={4} id="surface">
            {t('surface')}
          </Text>
          <SegmentedControl
            aria-labelledby="surface"
            data={(['direct', 'comments'] as const).map((value) => ({ value, label: t(value) }))}
            {...form.getInputProps('surface')}
          />
        </div>
        <ProblemAlert problem={problem} fields={[...shown, ...fields.map(({ name }) => `settings.${name}`)]} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={isSending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Also what the server finds inside a list: `settings.allowedOrigins.1` belongs to the input of the whole list. */
function errorOf(errors: Record<string, unknown>, name: string): string | undefined {
  const found = Object.entries(errors).find(([path]) => path === name || path.startsWith(`${name}.`));
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
