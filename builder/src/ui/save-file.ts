/**
 * Gives a text to the browser to keep as a file.
 * @param name with its ending; signs that file systems refuse become spaces
 * @param type MIME type of the text
 */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]+/g, ' ').trim();
  link.click();
  URL.revokeObjectURL(url);
}
