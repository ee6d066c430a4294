/**
 * Puts a text into the clipboard by way of a field that is there for a moment: unlike the browser's clipboard interface it also works on a server that is
 * reached without HTTPS, as many a desk's own is.
 */
export function copyText(text: string): void {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
}
