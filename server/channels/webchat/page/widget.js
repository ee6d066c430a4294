/*
 * The button for other sites: <script src="https://…/chat/KEY/widget.js" async></script>. The chat itself lives in a frame of its own origin, so neither
 * side reads the other. The button stands in a shadow tree, where the site's styles do not reach.
 */
(() => {
  // Filled in by the server: title, color, position.
  const config = '__CONFIG__';
  const script = document.currentScript;
  if (!script || window.razvilkaChat) return;
  window.razvilkaChat = true;
  const page = script.src.replace(/\/widget\.js(\?.*)?$/, '');
  const origin = new URL(page).origin;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    .button, .frame { position: fixed; ${config.position}: 20px; z-index: 2147483000; border: 0; }
    .button { bottom: 20px; display: grid; place-items: center; width: 56px; height: 56px; border-radius: 28px; padding: 0; cursor: pointer;
      background: ${config.color}; color: ${config.ink}; box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }
    .button:focus-visible { outline: 3px solid #1c7ed6; outline-offset: 3px; }
    svg { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .unread::after { content: ''; position: absolute; top: 2px; right: 2px; width: 12px; height: 12px; border-radius: 6px;
      background: #e03131; border: 2px solid #ffffff; }
    .frame { bottom: 88px; width: 380px; height: min(600px, calc(100dvh - 108px)); border-radius: 8px; background: Canvas;
      box-shadow: 0 8px 32px rgb(0 0 0 / 25%); }
    [hidden] { display: none; }
    @media (max-width: 480px) { .frame { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } }
  `);
  root.adoptedStyleSheets = [style];

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.ariaLabel = config.title;
  button.title = config.title;
  button.ariaExpanded = 'false';
  button.append(icon());
  root.append(button);

  let frame;
  let isLoaded = false;
  button.addEventListener('click', () => show(!frame || frame.hidden));
  window.addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.razvilka === 'close') show(false);
    if (event.data?.razvilka === 'message' && frame.hidden) button.classList.add('unread');
  });
  if (document.body) document.body.append(host);
  else document.addEventListener('DOMContentLoaded', () => document.body.append(host));

  /** The frame is made when it is first wanted: until then the site loads nothing but this file. */
  function show(isOpen) {
    if (isOpen && !frame) {
      frame = document.createElement('iframe');
      frame.className = 'frame';
      frame.title = config.title;
      frame.src = page;
      frame.addEventListener('load', () => {
        isLoaded = true;
        focusField();
      });
      root.append(frame);
    }
    if (!frame) return;
    frame.hidden = !isOpen;
    button.ariaExpanded = String(isOpen);
    button.classList.remove('unread');
    if (isOpen) focusField();
    else button.focus();
  }

  function focusField() {
    if (isLoaded && !frame.hidden) frame.contentWindow?.postMessage({ razvilka: 'opened' }, origin);
  }

  function icon() {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const [name, value] of [['viewBox', '0 0 24 24'], ['width', '28'], ['height', '28'], ['aria-hidden', 'true']]) svg.setAttribute(name, value); // oxfmt-ignore
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5');
    svg.append(path);
    return svg;
  }
})();
