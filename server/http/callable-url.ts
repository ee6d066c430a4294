import { isIP } from 'node:net';
import { ConnectorError } from '../channels/connector-error.js';
import { reachOf } from './ip-address.js';

/**
 * The address of an outgoing call, or `ConnectorError` of kind `misconfigured` that says what is wrong with it. Names are not looked up here: the socket
 * does that and judges what it finds. The message names the host at most: paths and queries of platforms hold tokens.
 */
export function toCallableUrl(text: string, allowPrivateNetwork: boolean): URL {
  // URL drops tabs and line ends and takes a backslash for a slash: what was checked by eye would not be what is called.
  if (hasHiddenCharacters(text))
    throw refused('В адресе пробелы, переносы строк или обратная черта / The address has spaces, line ends or backslashes');
  if (!URL.canParse(text)) throw refused('Это не адрес / The address is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(`Адреса ${url.protocol} не вызываются, только https: / ${url.protocol} addresses are not called, only https:`);
  if (url.username !== '' || url.password !== '')
    throw refused(`В адресе ${url.host} есть имя или пароль / The address of ${url.host} has a user name or password in it`);
  if (url.protocol === 'http:' && !allowPrivateNetwork)
    throw refused(`Адрес ${url.host} без шифрования: нужен https: / The address of ${url.host} is not encrypted: https: is needed`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) assertAllowed(url.host, [host], allowPrivateNetwork);
  return url;
}

/** Throws `ConnectorError` `misconfigured` unless every one of a host's addresses may be called: one private among public ones is an attack. */
export function assertAllowed(host: string, addresses: string[], allowPrivateNetwork: boolean): void {
  for (const address of addresses) {
    const reach = reachOf(address);
    if (reach === 'public' || (reach === 'private' && allowPrivateNetwork)) continue;
    throw refused(
      reach === 'private'
        ? `${host} в частной сети; её разрешает ALLOW_PRIVATE_NETWORK=1 / ${host} is in a private network; ALLOW_PRIVATE_NETWORK=1 allows it`
        : `${host} ведёт на адрес, который не вызывается никогда / ${host} leads to an address that is never called`,
    );
  }
}

function hasHiddenCharacters(text: string): boolean {
  return /[\s\\\p{Cc}]/u.test(text);
}

function refused(message: string): ConnectorError {
  return new ConnectorError('misconfigured', message);
}
