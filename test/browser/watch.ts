import type { BrowserContext } from '@playwright/test';

/**
 * Listens to all pages of a context for what no page may do: errors, refusals of the content policy, script that a client's text has run, requests to other
 * hosts. The returned function gives what was seen so far, a line each.
 */
export async function watch(context: BrowserContext): Promise<() => string[]> {
  const seen: string[] = [];
  const own = new URL(process.env.BASE_URL ?? 'http://127.0.0.1').host;
  await context.exposeBinding('__tell', (_, line: string) => void seen.push(line));
  await context.addInitScript(() => {
    const tell = (line: string) => (Reflect.get(window, '__tell') as (line: string) => void)(line);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      tell(`policy ${violatedDirective}: ${blockedURI}`),
    );
    Object.defineProperty(window, '__pwn', {
      get: () => undefined,
      set(what: unknown) {
        tell(`script of a client's text ran: ${String(what)}`);
      },
    });
  });
  context.on('weberror', (error) => seen.push(`error: ${error.error().message}`));
  context.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    // The browser says so of every answer that is no success; what pages make of them, the specs look at.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) seen.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== own && url.protocol !== 'data:' && url.protocol !== 'blob:') seen.push(`request to ${request.url()}`);
  });
  return () => seen;
}
