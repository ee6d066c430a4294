import { SegmentedControl, Stack, Text, TextInput, useMantineColorScheme } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api-client.js';
import { sessionQuery, useMe } from '../session.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { PasswordField } from '../ui/password-field.js';
import { FormFoot } from './form-foot.js';
import { ZoneSelect } from './zone-select.js';

/** One's own name, language, zone, appearance and password. */
export function ProfileSettings() {
  return (
    <Stack gap="lg">
      <Profile />
      <Password />
    </Stack>
  );
}

function Profile() {
  const { t } = useTranslation('settings');
  const { name, language, timezone, theme } = useMe();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const form = useForm({ initialValues: { name, language, timezone, theme } });
  const { submit, ...foot } = useSubmit(
    form,
    (values) => api.patch('/api/profile', undefined, values),
    async (_answer, values) => {
      form.resetDirty(values);
      setColorScheme(values.theme);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  );
  return (
    <Section title={t('sections.profile')} text={t('profile.text')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput label={t('profile.name')} required withAsterisk={false} maxLength={200} {...form.getInputProps('name')} />
          <Field label={t('profile.language')} id="language">
            <SegmentedControl
              aria-labelledby="language"
              data={[
                { value: 'ru', label: 'Русский' },
                { value: 'en', label: 'English' },
              ]}
              {...form.getInputProps('language')}
            />
          </Field>
          <ZoneSelect description={t('profile.zoneHelp')} {...form.getInputProps('timezone')} />
          <Field label={t('profile.theme')} id="theme">
            <SegmentedControl
              aria-labelledby="theme"
              data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`ui:profile.${value}`) }))}
              {...form.getInputProps('theme')}
            />
          </Field>
          <FormFoot {...foot} />
        </Stack>
      </form>
    </Section>
  );
}

function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id={id}>
        {label}
      </Text>
      {children}
    </div>
  );
}

function Password() {
  const { t } = useTranslation('settings');
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: { password: (password) => (password.length < 12 ? t('profile.short') : null) },
  });
  const { submit, ...foot } = useSubmit(
    form,
    (values) => api.post('/api/profile/password', undefined, values),
    () => form.reset(),
  );
  return (
    <Section title={t('profile.password')} text={t('profile.passwordText')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordField
            label={t('profile.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('current')}
          />
          <PasswordField
            label={t('profile.new')}
            description={t('profile.newHelp')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <FormFoot {...foot} action={t('profile.changePassword')} done={t('profile.passwordChanged')} />
        </Stack>
      </form>
    </Section>
  );
}
