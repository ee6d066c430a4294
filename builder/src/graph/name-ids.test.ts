import { nameIds, namesOf } from './name-ids.js';

const [olga, shop, crm, lost] = [
  '0197aaaa-0000-7000-8000-000000000021',
  '0197aaaa-0000-7000-8000-000000000011',
  '0197aaaa-0000-7000-8000-000000000031',
  '0197aaaa-0000-7000-8000-000000000099',
];
const names = namesOf({
  users: [{ id: olga, name: 'Ольга' }],
  ruleSets: [],
  crmConnections: [{ id: crm, name: 'amoCRM' }],
  channels: [{ id: shop, name: 'Магазин', kind: 'telegram', surface: 'direct', account: null }],
  pipelines: [],
});

describe('ids in texts', () => {
  it('become the names of users, channels and CRM connections', () => {
    expect(nameIds(`По очереди: ${olga}, ${shop}, ${crm}`, names)).toBe('По очереди: Ольга, Магазин, amoCRM');
  });

  it('stay where nobody bears them', () => {
    expect(nameIds(`Ответственный: ${lost}`, names)).toBe(`Ответственный: ${lost}`);
  });
});
