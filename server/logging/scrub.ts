/**
 * The last gate of every log line: secrets that stand inside texts (a platform's address with its token, a hook's key in a path) are masked by their shape,
 * and characters that turn the direction of text are escaped, so that a line shows what it holds.
 */
export function scrub(line: string): string {
  let clean = line;
  for (const [shape, mask] of shapes) clean = clean.replace(shape, mask);
  return clean.replace(turningMarks, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
}

const shapes: [RegExp, string][] = [
  [/\brzv_[\w-]{20,}/g, 'rzv_[hidden]'],
  [/\bwhsec_[A-Za-z0-9+/=]{8,}/g, 'whsec_[hidden]'],
  [/\bbot\d{5,}:[\w-]{20,}/g, 'bot[hidden]'],
  [/\b\d{6,12}:[A-Za-z0-9_-]{32,}/g, '[hidden]'],
  [/(\/(?:hooks|chat)\/)[\w-]{8,}/g, '$1[hidden]'],
  [/\b((?:access_|refresh_)?token|secret|password|sid)=[^&\s"'\\]+/gi, '$1=[hidden]'],
  [/\bBearer +[\w.~+/=-]+/gi, 'Bearer [hidden]'],
  [/\b(postgres(?:ql)?|rediss?|https?):\/\/[^\s"'@/\\]*@/gi, '$1://[hidden]@'],
];

const turningMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
