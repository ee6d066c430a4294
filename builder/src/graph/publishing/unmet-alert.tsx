import { Alert, List, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import classes from '../lists.module.css';

interface UnmetAlertProps {
  found: readonly Finding[];
  /** Why it is published all the same, where a reason is enough. */
  reason: string;
  onReason: (reason: string) => void;
}

/** What stands between a graph and its publishing; where only the company's policy is not met, with room for a reason. */
export function UnmetAlert({ found, reason, onReason }: UnmetAlertProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const isPolicy = isOnlyPolicy(found);
  return (
    <Alert
      color={isPolicy ? 'yellow' : 'red'}
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
function isOnlyPolicy(found: readonly Finding[]): boolean {
  return found.every(({ code }) => code.startsWith('policy-'));
}
