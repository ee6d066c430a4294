import { Badge, Group } from '@mantine/core';
import { textOf } from '../read-value.js';
import { TemplateWidget } from './template.js';
import type { WidgetProps } from '../widget.js';

/** Tags as comma-separated text, each shown as a tag; variants and substitutions as in other texts. */
export function TagsWidget(props: WidgetProps) {
  const text = textOf(props.value);
  // A choice of variants may hold commas of its own: then the previews below show what comes of it.
  const tags = text.includes('{{')
    ? []
    : text
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean);
  return (
    <>
      <TemplateWidget {...props} />
      {tags.length > 0 && (
        <Group gap={4} mt={6} aria-hidden>
          {[...new Set(tags)].map((tag) => (
            <Badge key={tag} variant="light" color="gray" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </>
  );
}
