/** What browsers say when a part of the program does not arrive: Chromium, Firefox, Safari, and Vite of a page's styles. */
const said =
  /Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** Whether a page could not be drawn because its code did not come: the server is away, or was upgraded and has newer files. */
export function isMissingCode(thrown: unknown): boolean {
  return thrown instanceof Error && said.test(thrown.message);
}
