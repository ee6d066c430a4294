/** Menus open from menus, dialogs from dialogs: nobody goes deeper than this before he comes back. */
const remembered = 20;

/**
 * Gives the keyboard its place back when a dialog goes away: to what was used before it opened, the menu's button where a menu's item opened it. Without
 * that the focus falls to the page's beginning, and whoever uses the keyboard or a screen reader starts over. A dialog that is drawn only while it is open
 * cannot do it itself: it is gone by then. What takes the focus itself keeps it.
 */
export function keepPlace(page: Document): void {
  const trail: HTMLElement[] = [];
  page.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target === trail.at(-1)) return;
    trail.push(target);
    if (trail.length > remembered) trail.shift();
  });
  const goBack = () => {
    if (page.activeElement && page.activeElement !== page.body) return;
    trail.findLast(isUsable)?.focus({ preventScroll: true });
  };
  const dialogs = new MutationObserver((changes) => {
    if (changes.some(({ removedNodes }) => [...removedNodes].some(isDialog))) setTimeout(goBack);
  });
  const ground = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node instanceof HTMLElement && node.dataset['portal']) dialogs.observe(node, { childList: true });
    }
  });
  ground.observe(page.body, { childList: true });
}

function isDialog(node: Node): boolean {
  return node instanceof HTMLElement && node.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** Drawn and on the page: what stood in the dialog is gone with it. */
function isUsable(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}
