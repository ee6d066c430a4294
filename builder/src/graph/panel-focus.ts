/** A part of the step's panel that the keyboard may ask for. */
export type PanelPart = 'title' | 'exits' | 'form';

const fields: Record<PanelPart, string> = {
  title: '[data-title] input',
  exits: '[data-exits] input',
  form: '[data-field] input, [data-field] textarea',
};

/** Moves the focus to a part of the open panel. */
export function focusPanel(part: PanelPart): void {
  document.querySelector<HTMLElement>(fields[part])?.focus();
}
