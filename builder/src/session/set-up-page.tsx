import { Alert, Anchor, Button, Checkbox, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { setupState } from '../../../api/session.js';
import { api, ApiProblem } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { sessionQuery } from '../session.js';
import { PasswordField } from '../ui/password-field.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { Outside } from './outside.js';

/** The one-time link that the server prints at its first start: names the account and makes its owner. */
export function SetUpPage() {
  const { t } = useTranslation('session');
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const { data, error, refetch } = useQuery({ queryKey: ['setup'], queryFn: () => api.get('/api/setup', setupState) });
  return (
    <Outside title={t('setUp.title')}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={300} />}
      {data?.isSetUp && <LinkGone text={t('setUp.used')} />}
      {data && !data.isSetUp && !token && <Alert color="yellow">{t('setUp.noToken')}</Alert>}
      {data && !data.isSetUp && token && <SetUpForm token={token} />}
    </Outside>
  );
}

function SetUpForm({ token }: { token: string }) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { accountName: '', name: '', email: '', password: '', exampleDesk: true },
    validate: { password: (password) => (password.length < 12 ? t('passwordShort') : null) },
  });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    (values) => api.post('/api/setup', undefined, { ...values, email: values.email.trim(), token, language }),
    async () => {
      // The token must not stay in the history.
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate('/', { replace: true });
    },
  );
  const refused = problem instanceof ApiProblem && isAboutToken(problem);
  if (refused) return <LinkGone text={[problem.title, problem.detail].filter(Boolean).join('. ') || t('setUp.expired')} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed">{t('setUp.text')}</Text>
        <TextInput
          label={t('setUp.accountName')}
          placeholder={t('setUp.accountNameExample')}
          autoComplete="organization"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps('accountName')}
        />
        <TextInput
          label={t('setUp.name')}
          placeholder={t('setUp.nameExample')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('setUp.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('setUp.password')}
          description={t('setUp.passwordHelp')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <Checkbox
          label={t('setUp.exampleDesk')}
          description={t('setUp.exampleDeskHelp')}
          {...form.getInputProps('exampleDesk', { type: 'checkbox' })}
        />
        <ProblemAlert problem={problem} fields={fields} />
        <Button type="submit" loading={isSending} mt="sm">
          {t('setUp.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** Whether the server refused the link itself and not what was entered. */
function isAboutToken({ status, errors }: ApiProblem): boolean {
  if ([401, 403, 404, 409, 410].includes(status)) return true;
  return errors?.some(({ path }) => path === 'token') ?? false;
}

function LinkGone({ text }: { text: string }) {
  const { t } = useTranslation('session');
  return (
    <Stack gap="md" align="flex-start">
      <Alert color="yellow" w="100%">
        {text}
      </Alert>
      <Anchor component={Link} to="/sign-in">
        {t('setUp.signIn')}
      </Anchor>
    </Stack>
  );
}
