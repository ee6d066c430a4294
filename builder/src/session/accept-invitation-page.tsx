import { Alert, Anchor, Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { invitationInfo } from '../../../api/people.js';
import { api, ApiProblem, withQuery } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { sessionQuery } from '../session.js';
import { PasswordField } from '../ui/password-field.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { Outside } from './outside.js';

/** The link that an admin hands to a colleague: name, password, and in. */
export function AcceptInvitationPage() {
  const { t } = useTranslation('session');
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.get(withQuery('/api/invitation', { token }), invitationInfo),
  });
  const isGone = error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;
  return (
    <Outside title={t('invite.title')}>
      {isPending && <Skeleton h={260} />}
      {isGone && (
        <Stack gap="md" align="flex-start">
          <Alert color="yellow" w="100%">
            {t('invite.gone')}
          </Alert>
          <Anchor component={Link} to="/sign-in">
            {t('setUp.signIn')}
          </Anchor>
        </Stack>
      )}
      {error && !isGone && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="md">
          <Text>{t('invite.text', { account: data.accountName, role: t(`ui:roles.${data.role}`) })}</Text>
          <AcceptForm token={token} email={data.email} />
        </Stack>
      )}
    </Outside>
  );
}

function AcceptForm({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: { password: (password) => (password.length < 12 ? t('passwordShort') : null) },
  });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    (values) => api.post('/api/invitation', undefined, { ...values, token, language }),
    async () => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate('/', { replace: true });
    },
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput label={t('signIn.email')} value={email} readOnly autoComplete="username" />
        <TextInput
          label={t('invite.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <PasswordField
          label={t('invite.password')}
          description={t('setUp.passwordHelp')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <ProblemAlert problem={problem} fields={fields} />
        <Button type="submit" loading={isSending} mt="sm">
          {t('invite.submit')}
        </Button>
      </Stack>
    </form>
  );
}
