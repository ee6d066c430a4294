import { Anchor } from '@mantine/core';
import { splitLinks } from './split-links.js';

/** What a client wrote: text and nothing else; addresses that begin with http(s) become links that tell the other side nothing of this page. */
export function ClientText({ text }: { text: string }) {
  return (
    <span className="client-text">
      {splitLinks(text).map((part, index) =>
        part.href ? (
          // eslint-disable-next-line react/no-array-index-key -- parts of one text have no other name
          <Anchor key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow" inherit underline="always">
            {part.text}
          </Anchor>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}

/** A link that came from a client or a platform: shown as text unless it is http(s). */
export function ClientLink({ href, children }: { href: string; children: string }) {
  const [part] = splitLinks(href);
  if (!part?.href || part.text !== href) return <span className="client-text">{children}</span>;
  return (
    <Anchor href={part.href} target="_blank" rel="noopener noreferrer nofollow" inherit>
      {children}
    </Anchor>
  );
}
