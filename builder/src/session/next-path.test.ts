import { nextPath } from './next-path.js';

const origin = 'https://desk.example';

test('comes back to where the person was', () => {
  expect(nextPath('/messages?channel=1&q=%D0%B4%D0%B0', origin)).toBe('/messages?channel=1&q=%D0%B4%D0%B0');
});

test.each(['//evil.example/x', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null, '/\t/evil.example'])(
  '%j leads to the start',
  (wanted) => expect(nextPath(wanted, origin)).toBe('/'),
);
