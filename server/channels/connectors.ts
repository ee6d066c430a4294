import type { ChannelConnector } from './channel-connector.js';
import { telegram } from './telegram/telegram.connector.js';
import { webchat } from './webchat/webchat.connector.js';
import { webhook } from './webhook/webhook.connector.js';

/** The list: one line per connector, in the order of the «Каналы» page. */
const list: ChannelConnector[] = [telegram, webchat, webhook];

export const connectors: ReadonlyMap<string, ChannelConnector> = new Map(list.map((connector) => [connector.kind, connector]));
