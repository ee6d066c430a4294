import type { ChannelConnector } from './channel-connector.js';

/** The list: one line per connector, in the order of the «Каналы» page. */
const list: ChannelConnector[] = [];

export const connectors: ReadonlyMap<string, ChannelConnector> = new Map(list.map((connector) => [connector.kind, connector]));
