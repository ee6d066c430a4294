/** A value inside an address: it never starts another part of it. */
export function inUrl(value: string): string {
  return encodeURIComponent(withoutHalves(value));
}

/** A value inside a text of JSON, between quotes that the template has. */
export function inJson(value: string): string {
  return JSON.stringify(withoutHalves(value)).slice(1, -1);
}

/** How values are written into a body: as the content type asks, JSON where none is named. */
export function bodyEscape(headers: Readonly<Record<string, string>>): ((value: string) => string) | undefined {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/json';
  if (/x-www-form-urlencoded/i.test(type)) return inUrl;
  return /json/i.test(type) ? inJson : undefined;
}

/** Halves of a surrogate pair have no encoding. */
function withoutHalves(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}
