import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useLanguage } from '../i18n.js';
import { toFieldErrors } from './problem-text.js';

/**
 * Sends a form: what the server finds wrong appears under the fields it names. `problem` is for the alert above the button, `fields` are the names
 * that show their errors themselves.
 */
export function useSubmit<Values extends Record<string, unknown>, Answer>(
  form: UseFormReturnType<Values>,
  send: (values: Values) => Promise<Answer>,
  onDone?: (answer: Answer, values: Values) => unknown,
) {
  const language = useLanguage();
  const mutation = useMutation({
    mutationFn: send,
    onError: (problem) => form.setErrors(toFieldErrors(problem, language)),
    onSuccess: (answer, values) => onDone?.(answer, values),
  });
  return {
    submit: form.onSubmit((values) => mutation.mutate(values)),
    isSending: mutation.isPending,
    isDone: mutation.isSuccess && !form.isDirty(),
    problem: mutation.error,
    fields: Object.keys(form.getValues()),
  };
}
