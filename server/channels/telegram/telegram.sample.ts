import type { ConnectorSample } from '../connector-contract.js';
import { secretTokenOf, telegramSettings } from './telegram.settings.js';

const header = 'x-telegram-bot-api-secret-token';

export const sample: ConnectorSample = {
  settings: { token: '100200300:AAHsampleSampleSample', mode: 'webhook' },
  otherSettings: { token: '100200301:AAHanotherAnotherBot', mode: 'webhook' },
  prove: (_, channel) => ({
    headers: { [header]: secretTokenOf({ ...channel, settings: telegramSettings.parse(channel.settings) }) },
    proof: header,
  }),
};
