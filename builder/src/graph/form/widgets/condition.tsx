import { ActionIcon, Button, Checkbox, Group, Input, NumberInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { operatorLabels, operators } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import {
  choosingOperators,
  fitValue,
  newComparison,
  parseCondition,
  takesList,
  takesNumber,
  toCondition,
  valueless,
  withField,
  withoutPart,
  withPart,
  type ConditionTree,
} from '../condition-tree.js';
import { choicesOf } from '../field-choices.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import { ExpressionWidget } from './expression.js';
import { FieldSelect } from './field.js';
import { FieldValue, FieldValues } from './field-value.js';
import classes from './widgets.module.css';

/** A condition of comparisons joined by «all of» and «any of», each of which may be turned round; or a JSONata text in its place. */
export function ConditionWidget(props: WidgetProps) {
  const { value, onChange, label, help, error, required } = props;
  const { t } = useTranslation('graph');
  const { readOnly } = useFormScope();
  const tree = parseCondition(value);
  const change = (next: ConditionTree | undefined) => onChange(next && toCondition(next));
  if (typeof value === 'string') {
    return (
      <Stack gap={6}>
        <ExpressionWidget
          {...props}
          help={t('condition.expressionHelp')}
          placeholder="$sum(vars.order.body.items.price) > 1000"
          // An empty text is an expression still to be written; without it the form would turn back into conditions.
          onChange={(next) => onChange(next ?? '')}
        />
        {!readOnly && (
          <Button variant="subtle" size="compact-xs" style={{ alignSelf: 'flex-start' }} onClick={() => onChange(undefined)}>
            {t('condition.toFields')}
          </Button>
        )}
      </Stack>
    );
  }
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <Stack gap={8} mt={6}>
        {tree && <Part tree={tree} onChange={change} onRemove={() => change(undefined)} depth={0} />}
        <Group gap={8}>
          <AddButton label={t('condition.add')} onClick={() => change(tree ? withPart(tree, newComparison) : newComparison)} />
          {!tree && !readOnly && (
            <Button variant="subtle" size="compact-xs" onClick={() => onChange('')}>
              {t('condition.toExpression')}
            </Button>
          )}
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

interface PartProps {
  tree: ConditionTree;
  onChange: (tree: ConditionTree) => void;
  onRemove: () => void;
  depth: number;
}

function Part(props: PartProps) {
  return props.tree.kind === 'group' ? <GroupPart {...props} tree={props.tree} /> : <Comparison {...props} tree={props.tree} />;
}

function GroupPart({ tree, onChange, onRemove, depth }: PartProps & { tree: Extract<ConditionTree, { kind: 'group' }> }) {
  const { t } = useTranslation('graph');
  return (
    <Stack gap={8} className={depth > 0 ? classes.nested : undefined}>
      <Group gap={8} justify="space-between" wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t('condition.join')}
          data={[
            { value: 'all', label: t('condition.all') },
            { value: 'any', label: t('condition.any') },
          ]}
          value={tree.join}
          onChange={(join) => onChange({ ...tree, join: join === 'any' ? 'any' : 'all' })}
        />
        <Not tree={tree} onChange={onChange} />
        {depth > 0 && <RemoveButton label={t('condition.removeGroup')} onClick={onRemove} />}
      </Group>
      {tree.parts.map((part, index) => (
        <Part
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          tree={part}
          depth={depth + 1}
          onChange={(next) => onChange({ ...tree, parts: tree.parts.with(index, next) })}
          onRemove={() => {
            const left = withoutPart(tree, index);
            if (left) onChange(left);
            else onRemove();
          }}
        />
      ))}
      <Group gap={8}>
        {depth > 0 && <AddButton label={t('condition.add')} onClick={() => onChange(withPart(tree, newComparison))} />}
        {depth < 3 && (
          <AddButton
            label={t('condition.addGroup')}
            onClick={() => onChange(withPart(tree, { kind: 'group', negated: false, join: 'any', parts: [newComparison] }))}
          />
        )}
      </Group>
    </Stack>
  );
}

function Comparison({ tree, onChange, onRemove }: PartProps & { tree: Extract<ConditionTree, { kind: 'compare' }> }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { directory } = useFormScope();
  const hasChoices = (path: string) => choicesOf(path, directory, language) !== undefined;
  const offered = hasChoices(tree.field) ? operators.filter((op) => choosingOperators.includes(op) || op === tree.op) : operators;
  return (
    <div className={classes.box}>
      <Stack gap={6}>
        <Group gap={6} wrap="nowrap">
          <FieldSelect
            size="xs"
            flex={1}
            aria-label={t('condition.fieldLabel')}
            path={tree.field}
            onPath={(path) => onChange(withField(tree, path, { had: hasChoices(tree.field), has: hasChoices(path) }))}
          />
          <RemoveButton label={t('condition.remove')} onClick={onRemove} />
        </Group>
        <Select
          size="xs"
          aria-label={t('condition.op')}
          data={offered.map((op) => ({ value: op, label: operatorLabels[op][language] }))}
          value={tree.op}
          allowDeselect={false}
          onChange={(op) => op && onChange({ ...tree, op, value: fitValue(tree.value, op) })}
        />
        {!valueless.includes(tree.op) && <Value tree={tree} onChange={onChange} />}
        <Not tree={tree} onChange={onChange} />
      </Stack>
    </div>
  );
}

function Value({ tree, onChange }: { tree: Extract<ConditionTree, { kind: 'compare' }>; onChange: (tree: ConditionTree) => void }) {
  const { t } = useTranslation('graph');
  const change = (value: unknown) => onChange({ ...tree, value });
  if (takesList(tree.op)) {
    return (
      <FieldValues
        path={tree.field}
        label={t('condition.value')}
        placeholder={t('condition.valueList')}
        value={tree.value}
        onChange={change}
      />
    );
  }
  if (takesNumber(tree.op) && typeof tree.value === 'number') {
    return <NumberInput size="xs" aria-label={t('condition.value')} value={tree.value} onChange={(value) => change(Number(value))} />;
  }
  return <FieldValue path={tree.field} label={t('condition.value')} value={tree.value} onChange={change} />;
}

function Not({ tree, onChange }: { tree: ConditionTree; onChange: (tree: ConditionTree) => void }) {
  const { t } = useTranslation('graph');
  return (
    <Checkbox
      size="xs"
      label={t(tree.kind === 'group' ? 'condition.notGroup' : 'condition.not')}
      checked={tree.negated}
      onChange={(event) => onChange({ ...tree, negated: event.currentTarget.checked })}
    />
  );
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="default" size="compact-xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} />} onClick={onClick}>
      {label}
    </Button>
  );
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onClick}>
      <IconTrash size={16} />
    </ActionIcon>
  );
}
