import { Alert, List, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { finding } from '../../../../api/rule-sets.js';
import type { Finding } from '../../../../rules/index.js';
import { ApiProblem } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import classes from '../lists.module.css';

/** Why the server would not let a version out: what is to be mended; where only the company's policy is not met, room for a reason. */
export function Refused({ problem, reason, onReason }: { problem: unknown; reason: string; onReason: (reason: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const found = refusalsOf(problem);
  if (!found) return <ProblemAlert problem={problem} />;
  const isPolicy = isOnlyPolicy(found);
  return (
    <Alert
      color={isPolicy ? 'yellow' : 'red'}
      role="alert"
      className={classes.onColour}
      title={t(isPolicy ? 'readiness.unmet' : 'publish.refused')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <List size="sm" spacing={4}>
        {found.map(({ code, path, text, mend }) => (
          <List.Item key={`${code} ${path} ${text.en}`}>
            {text[language]}
            {mend && (
              <Text span size="xs" display="block">
                {mend[language]}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      {isPolicy && (
        <Textarea
          mt="sm"
          label={t('readiness.reason')}
          description={t('readiness.reasonHelp')}
          maxLength={2000}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      )}
    </Alert>
  );
}

/** Whether a reason is enough to go on: nothing else stands in the way than the policy. */
export function isOnlyPolicy(found: readonly Pick<Finding, 'code'>[]): boolean {
  return found.every(({ code }) => code.startsWith('policy-'));
}

/** The findings of a server that refused; undefined for any other problem. */
export function refusalsOf(problem: unknown): Finding[] | undefined {
  if (!(problem instanceof ApiProblem) || problem.status !== 422) return undefined;
  const parsed = z.object({ problems: z.array(finding).min(1) }).safeParse(problem.body);
  return parsed.success ? parsed.data.problems : undefined;
}
