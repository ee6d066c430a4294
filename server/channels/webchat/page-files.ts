import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInProject } from '../../config/find-in-project.js';
import type { WebchatSettings } from './webchat.settings.js';

/** One file of the chat's page as it is answered. `etag` changes with its bytes. */
export interface PageFile {
  type: string;
  body: string;
  etag: string;
}

// The page's files are plain and stay in the source folder.
const folder = findInProject('server/channels/webchat/page');
if (folder === undefined) throw new Error('server/channels/webchat/page is missing beside dist');
const files = new Map(
  ['index.html', 'widget.js', 'chat.js', 'client.js', 'message-list.js', 'texts.js', 'chat.css'].map((name) => [
    name,
    readFileSync(join(folder, name), 'utf8'),
  ]),
);
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

/** A file that is the same for every channel, or undefined when there is none of that name. */
export function sharedFile(name: string): PageFile | undefined {
  const text = name === 'index.html' || name === 'widget.js' ? undefined : files.get(name);
  return text === undefined ? undefined : toFile(text, name.endsWith('.css') ? 'css' : 'js');
}

/** The chat's page of one channel; `hookKey` is what its address ends with. */
export function chatPage(hookKey: string, { title, greeting, color }: WebchatSettings): PageFile {
  const values: Record<string, string> = { key: hookKey, title, greeting, color };
  const text = (files.get('index.html') ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(values[name] ?? ''));
  return toFile(text, 'html');
}

/** The script for other sites, with the channel's look filled in. */
export function widgetScript({ title, color, position }: WebchatSettings): PageFile {
  const config = JSON.stringify({ title, color, position, ink: inkOn(color) });
  return toFile(
    (files.get('widget.js') ?? '').replace("'__CONFIG__'", () => config),
    'js',
  );
}

/** Who may frame the page, and nothing from outside but that. */
export function pagePolicy({ allowedOrigins }: WebchatSettings): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `frame-ancestors ${allowedOrigins.length > 0 ? ["'self'", ...allowedOrigins].join(' ') : '*'}`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ');
}

function toFile(body: string, kind: keyof typeof types): PageFile {
  return { type: types[kind], body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** White or black, whichever reads better on the colour (WCAG's relative luminance). */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
