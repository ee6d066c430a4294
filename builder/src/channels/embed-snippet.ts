/** The code that puts a web chat on a site: `pageUrl` is the chat's page, absolute, under which its script lies. */
export function embedSnippet(pageUrl: string): string {
  const script = `${pageUrl.replace(/\/+$/, '')}/widget.js`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<script src="${script}" async></script>`;
}
