import { useMemo } from 'react';
import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { settingsForm, type Finding, type Language } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { fieldsOf, widgetOf } from './field-schema.js';
import { overviews } from './overviews.js';
import { FormScopeContext, type FormScope } from './widget.js';
import { widgets } from './widgets/index.js';
import { joinSentences } from '../join-sentences.js';
import { nameIds, namesOf } from '../name-ids.js';

interface SchemaFormProps {
  scope: Omit<FormScope, 'widgets'>;
  /** The findings of this step; each is shown under the field that it names. */
  findings: readonly Finding[];
  /** The settings that are shown although they are not set; absent means all. Those that are set, or not as they should be, are always shown. */
  only?: ReadonlySet<string>;
  /** `field` names what was changed. */
  onChange: (settings: Record<string, unknown>, field: string) => void;
}

/** The settings of a step as a form, drawn from its node type's schema. */
export function SchemaForm({ scope, findings, only, onChange }: SchemaFormProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { nodeType, settings, readOnly } = scope;
  const form = useMemo(() => settingsForm(nodeType), [nodeType]);
  const fields = useMemo(() => fieldsOf(form), [form]);
  const names = useMemo(() => namesOf(scope.directory), [scope.directory]);
  const Overview = typeof form['overview'] === 'string' ? overviews[form['overview']] : undefined;
  const shown = fields.filter(
    ({ name }) => !only || only.has(name) || settings[name] !== undefined || findings.some((one) => isAbout(one, name)),
  );
  if (fields.length === 0) return <Text c="dimmed">{t('form.noSettings')}</Text>;

  const change = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = settings;
    onChange(value === undefined ? rest : { ...settings, [name]: value }, name);
  };

  return (
    <FormScopeContext value={{ ...scope, widgets }}>
      <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          {Overview && <Overview onChange={onChange} />}
          {shown.map(({ name, schema, required }) => {
            const Widget = widgets[widgetOf(schema)] ?? widgets.text!;
            const own = findings.filter((finding) => isAbout(finding, name));
            const value = settings[name] ?? schema.default;
            return (
              <div key={name} data-field={name}>
                <Widget
                  name={name}
                  value={value}
                  onChange={(next) => change(name, next)}
                  label={schema.label?.[language] ?? name}
                  help={schema.help?.[language]}
                  placeholder={schema.placeholder?.[language]}
                  error={errorOf(own, language, names)}
                  required={required}
                  schema={schema}
                />
                {own
                  .filter(({ severity }) => severity === 'warning')
                  .map((finding) => (
                    <Warning
                      key={`${finding.code} ${finding.path}`}
                      text={nameIds(finding.text[language], names)}
                      mend={finding.mend && nameIds(finding.mend[language], names)}
                    />
                  ))}
              </div>
            );
          })}
        </Stack>
      </fieldset>
    </FormScopeContext>
  );
}

function errorOf(findings: readonly Finding[], language: Language, names: ReadonlyMap<string, string>): string | undefined {
  const text = findings.find(({ severity }) => severity === 'error')?.text[language];
  return text === undefined ? undefined : nameIds(text, names);
}

function Warning({ text, mend }: { text: string; mend?: string }) {
  return (
    <Text size="xs" mt={4} c="light-dark(#8a5300, var(--mantine-color-yellow-5))">
      <IconAlertTriangle size={12} style={{ verticalAlign: -1 }} aria-hidden /> {joinSentences(text, mend)}
    </Text>
  );
}

/** Whether a finding's path goes through this setting: `nodes[1].settings.rows[0].stage` is about `rows`. */
export function isAbout({ path = '' }: Finding, name: string): boolean {
  const start = path.indexOf('.settings.');
  if (start < 0) return false;
  const rest = path.slice(start + '.settings.'.length);
  return rest === name || rest.startsWith(`${name}.`) || rest.startsWith(`${name}[`);
}
