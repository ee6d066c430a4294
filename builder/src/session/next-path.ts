/** Where to go after the sign-in: a path of this site, nothing that leads elsewhere (`//evil.example`, `https:...`), else the start. */
export function nextPath(wanted: string | null, origin: string): string {
  if (!wanted?.startsWith('/')) return '/';
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : undefined;
  return url?.origin === origin ? url.pathname + url.search : '/';
}
