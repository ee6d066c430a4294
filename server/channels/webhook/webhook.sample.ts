import type { ConnectorSample } from '../connector-contract.js';
import { parseSecrets, sign } from './signature.js';

const secretOf = (letter: string): string => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;

export const sample: ConnectorSample = {
  settings: { secret: secretOf('a'), deliverUrl: 'https://crm.example.test/in' },
  otherSettings: { secret: secretOf('b') },
  prove: (body, channel, at) => {
    const stamp = { id: 'req_1', timestamp: Math.floor(at / 1000) };
    const signature = sign(parseSecrets(String(channel.settings.secret)) ?? [], stamp, body);
    return {
      headers: { 'webhook-id': stamp.id, 'webhook-timestamp': String(stamp.timestamp), 'webhook-signature': signature },
      proof: 'webhook-signature',
    };
  },
};
