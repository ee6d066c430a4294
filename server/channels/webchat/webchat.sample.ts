import type { ConnectorSample } from '../connector-contract.js';

export const sample: ConnectorSample = {
  settings: { title: 'Напишите нам', allowedOrigins: ['https://shop.example.test'] },
  otherSettings: {},
  prove: null,
};
