/**
 * A file at Telegram, as an attachment's `url`: `telegram:FILE_ID`, with `#FORM` for the forms that our words cannot tell from a plain video
 * (`telegram:CgACAg#animation`). Never a download address: that one holds the bot's token. The file id serves this bot only; with it the file can be
 * sent again, and `getFile` gives its download address for an hour.
 */
export interface TelegramFile {
  fileId: string;
  form?: FileForm;
}

const forms = ['animation', 'video-note'] as const;
export type FileForm = (typeof forms)[number];

export function toFileUrl(fileId: string, form?: FileForm): string {
  return `telegram:${fileId}${form ? `#${form}` : ''}`;
}

/** The inverse; undefined for an address of another kind. */
export function parseFileUrl(url: string): TelegramFile | undefined {
  const found = /^telegram:([^#\s]+)(?:#([a-z-]+))?$/.exec(url);
  if (!found?.[1]) return undefined;
  const form = forms.find((form) => form === found[2]);
  return { fileId: found[1], ...(form && { form }) };
}
