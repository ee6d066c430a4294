import { nameIds, namesOf } from './name-ids.js';

const [olga, shop, lost] = [
  '0197aaaa-0000-7000-8000-000000000021',
  '0197aaaa-0000-7000-8000-000000000011',
  '0197aaaa-0000-7000-8000-000000000099',
];
const names = namesOf({
  users: [{ id: olga, name: 'Ольга' }],
  ruleSets: [],
  crmConnections: [],
  channels: [{ id: shop, name: 'Магазин', kind: 'telegram', surface: 'direct', account: null }],
  pipelines: [],
});

describe('ids in texts', () => {
  it('become the names of users and channels', () => {
    expect(nameIds(`По очереди: ${olga}, ${shop}`, names)).toBe('По очереди: Ольга, Магазин');
  });

  it('stay where nobody bears them', () => {
    expect(nameIds(`Ответственный: ${lost}`, names)).toBe(`Ответственный: ${lost}`);
  });
});
