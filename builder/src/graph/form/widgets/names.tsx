import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { valueLabel } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import { textOf, textsOf } from '../read-value.js';
import { useFormScope, type WidgetProps } from '../widget.js';

interface Named {
  value: string;
  label: string;
}

/** Channels by name, or all of a kind. None chosen means any. */
export function ChannelsWidget(props: WidgetProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { directory } = useFormScope();
  const kinds = [...new Set(directory.channels.map(({ kind }) => kind))];
  return (
    <ManyNames
      {...props}
      placeholder={props.placeholder ?? t('names.anyChannel')}
      options={[
        ...directory.channels.map(({ id, name }) => ({ value: id, label: name })),
        ...kinds.map((kind) => ({ value: kind, label: t('names.allOfKind', { kind: valueLabel('channel.kind', kind)[language] }) })),
      ]}
    />
  );
}

export function UserWidget(props: WidgetProps) {
  const { t } = useTranslation('graph');
  const { directory } = useFormScope();
  const users = directory.users.map(({ id, name }) => ({ value: id, label: name }));
  // Where the one responsible is the default, it is a choice among the others.
  const responsible = { value: 'responsible', label: t('names.responsible') };
  return <OneName {...props} options={props.schema.default === 'responsible' ? [responsible, ...users] : users} />;
}

export function UsersWidget(props: WidgetProps) {
  const { directory } = useFormScope();
  return <ManyNames {...props} options={directory.users.map(({ id, name }) => ({ value: id, label: name }))} />;
}

/** Users, the one responsible, or everybody; one of them or several, as the setting allows. */
export function RecipientsWidget(props: WidgetProps) {
  const { t } = useTranslation('graph');
  const { directory } = useFormScope();
  const allows = props.schema.type;
  const options = [
    { value: 'responsible', label: t('names.responsible') },
    ...(allows === 'array' ? [{ value: 'all', label: t('names.everybody') }] : []),
    ...directory.users.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return allows === 'array' ? <ManyNames {...props} options={options} /> : <OneName {...props} options={options} />;
}

export function PipelineWidget(props: WidgetProps) {
  const { directory } = useFormScope();
  return <OneName {...props} options={directory.pipelines.map(({ name }) => ({ value: name, label: name }))} />;
}

/** A stage of the pipeline that stands beside it; without one, of any pipeline. */
export function StageWidget(props: WidgetProps) {
  const { directory, settings } = useFormScope();
  return <OneName {...props} options={stagesOf(directory, textOf(settings.pipeline))} />;
}

/** Stages by name, of one pipeline or of all, each name once. */
export function stagesOf(directory: { pipelines: { name: string; stages: { name: string }[] }[] }, pipeline: string): Named[] {
  const chosen = directory.pipelines.filter(({ name }) => pipeline === '' || name === pipeline);
  return [...new Set(chosen.flatMap(({ stages }) => stages.map(({ name }) => name)))].map((name) => ({ value: name, label: name }));
}

function OneName({ value, onChange, label, help, placeholder, error, required, options }: WidgetProps & { options: Named[] }) {
  const { t } = useTranslation('graph');
  const current = textOf(value);
  return (
    <Select
      label={label}
      description={help}
      placeholder={placeholder ?? t('names.choose')}
      error={error}
      withAsterisk={required}
      data={withUnknown(options, current === '' ? [] : [current], t)}
      value={current || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable={!required}
      nothingFoundMessage={t('form.nothingFound')}
    />
  );
}

function ManyNames({ value, onChange, label, help, placeholder, error, required, options }: WidgetProps & { options: Named[] }) {
  const { t } = useTranslation('graph');
  const current = textsOf(value);
  return (
    <MultiSelect
      label={label}
      description={help}
      placeholder={current.length === 0 ? (placeholder ?? t('names.choose')) : undefined}
      error={error}
      withAsterisk={required}
      data={withUnknown(options, current, t)}
      value={current}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('form.nothingFound')}
    />
  );
}

/** What is chosen but no longer exists stays in sight, and says so. */
export function withUnknown(options: Named[], chosen: readonly string[], t: (key: string, values: { name: string }) => string): Named[] {
  const known = new Map(options.map((option) => [option.value, option]));
  const lost = chosen.filter((name) => !known.has(name)).map((name) => ({ value: name, label: t('names.unknown', { name }) }));
  return [...lost, ...known.values()];
}
