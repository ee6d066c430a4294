import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { setupState } from '../../../api/session.js';
import { api, ApiProblem } from '../api-client.js';
import { sessionQuery } from '../session.js';
import { PasswordField } from '../ui/password-field.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { nextPath } from './next-path.js';
import { Outside } from './outside.js';

/** Email and password; whoever is signed in already goes on. */
export function SignInPage() {
  const { t } = useTranslation('session');
  const [search] = useSearchParams();
  const next = nextPath(search.get('next'), window.location.origin);
  const session = useQuery(sessionQuery);
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api.get('/api/setup', setupState) });
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    (values) => api.post('/api/session', undefined, { ...values, email: values.email.trim() }),
    async () => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate(next, { replace: true });
    },
  );
  if (session.data && !isSending) return <Navigate to={next} replace />;
  return (
    <Outside title={t('signIn.title')}>
      {setup.data?.isSetUp === false && (
        <Alert color="yellow" mb="lg">
          {t('signIn.notSetUp')}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordField
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <SignInProblem problem={problem} fields={fields} />
          <Button type="submit" loading={isSending} mt="sm">
            {t('signIn.submit')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('signIn.forgotten')}
          </Text>
        </Stack>
      </form>
    </Outside>
  );
}

function SignInProblem({ problem, fields }: { problem: unknown; fields: string[] }) {
  const { t } = useTranslation('session');
  const status = problem instanceof ApiProblem ? problem.status : undefined;
  if (status !== 401 && status !== 429) return <ProblemAlert problem={problem} fields={fields} />;
  return (
    <Alert color="red" role="alert">
      {t(status === 401 ? 'signIn.wrong' : 'signIn.tooMany')}
    </Alert>
  );
}
