import { useMemo, useRef, type ReactNode } from 'react';
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { checkExpression, type ExpressionProblem } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import { textOf } from '../read-value.js';
import { partsOf, quoteOf } from '../refused-parts.js';
import type { WidgetProps } from '../widget.js';
import classes from './expression.module.css';

/** A JSONata text. The parts that the rules do not accept are underlined; below it each is quoted with its place and the reason, also for who hears the page. */
export function ExpressionWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  const marks = useRef<HTMLDivElement>(null);
  const source = textOf(value);
  const problems = useMemo(() => (source.trim() === '' ? [] : checkExpression(source)), [source]);
  const marked = (
    <div ref={marks} className={classes.marks} aria-hidden>
      {partsOf(source, problems).map(({ text, isRefused }, place) => (isRefused ? <mark key={place}>{text}</mark> : text))}
    </div>
  );
  return (
    <Textarea
      label={label}
      description={help}
      placeholder={placeholder}
      error={problems.length > 0 ? <Problems source={source} problems={problems} /> : error}
      withAsterisk={required}
      autosize
      minRows={2}
      maxRows={14}
      spellCheck={false}
      classNames={{ input: classes.input }}
      inputContainer={(input) => under(marked, input)}
      onScroll={({ currentTarget: { scrollTop } }) => marks.current?.scrollTo(0, scrollTop)}
      value={source}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

function under(marked: ReactNode, input: ReactNode): ReactNode {
  return (
    <div className={classes.box}>
      {marked}
      {input}
    </div>
  );
}

function Problems({ source, problems }: { source: string; problems: readonly ExpressionProblem[] }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  return problems.map((problem) => {
    const part = quoteOf(source, problem);
    const text = problem.text[language];
    return (
      <span key={`${problem.position} ${text}`} className={classes.problem}>
        {part === undefined ? text : t('expression.place', { position: problem.position, part, text })}
      </span>
    );
  });
}
