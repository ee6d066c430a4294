import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Directory } from '../../../../api/rule-sets.js';
import { nodeTypes, type Finding, type RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { widgetOf } from '../form/field-schema.js';
import { recordOf } from '../form/read-value.js';
import { SchemaForm } from '../form/schema-form.js';
import { FormScopeContext } from '../form/widget.js';
import { widgets } from '../form/widgets/index.js';
import { joinSentences } from '../join-sentences.js';
import type { Question } from './questions.js';
import { partAt } from './setting-parts.js';

interface QuestionFieldProps {
  question: Question;
  /** The recipe with the answers so far. */
  graph: RuleGraph;
  timezone: string;
  directory: Directory;
  value: unknown;
  /** What is wrong with the answer; none while it was not touched. */
  findings: readonly Finding[];
  onChange: (value: unknown) => void;
}

/** One field of a recipe's form, drawn by the same kinds of input as the settings of a step. */
export function QuestionField({ question, graph, timezone, directory, value, findings, onChange }: QuestionFieldProps) {
  const language = useLanguage();
  const [{ node: nodeId, setting }] = question.places;
  const node = graph.nodes.find(({ id }) => id === nodeId);
  const nodeType = nodeTypes.get(node?.type ?? '');
  const Widget = widgets[widgetOf(question.schema)] ?? widgets.text;
  if (!node || !nodeType || !Widget) return null;
  if (question.asked) {
    const scope = { nodeType, nodeId, settings: node.settings, timezone, directory, readOnly: false };
    return (
      <div data-question={question.key}>
        <SchemaForm scope={scope} findings={findings} only={question.asked} onChange={onChange} />
      </div>
    );
  }
  // A part of a setting sees the parts beside it, as in a form of several parts.
  const settings = setting.length === 1 ? node.settings : recordOf(partAt(node.settings, setting.slice(0, -1)));
  return (
    <div data-question={question.key}>
      <FormScopeContext value={{ nodeType, nodeId, settings, timezone, directory, readOnly: false, widgets }}>
        <Widget
          name={String(setting.at(-1))}
          value={value ?? question.schema.default}
          onChange={onChange}
          label={question.label[language]}
          help={question.help?.[language]}
          placeholder={question.schema.placeholder?.[language]}
          error={findings.find(({ severity }) => severity === 'error')?.text[language]}
          required={question.required}
          schema={question.schema}
        />
      </FormScopeContext>
      {findings
        .filter(({ severity }) => severity === 'warning')
        .map(({ code, path, text, mend }) => (
          <Text key={`${code} ${path}`} size="xs" mt={4} c="light-dark(#8a5300, var(--mantine-color-yellow-5))">
            <IconAlertTriangle size={12} style={{ verticalAlign: -1 }} aria-hidden /> {joinSentences(text[language], mend?.[language])}
          </Text>
        ))}
    </div>
  );
}
