import { isMissingCode } from './is-missing-code.js';

test.each([
  [new TypeError('Failed to fetch dynamically imported module: http://127.0.0.1:3000/assets/deals-page-x.js'), true],
  [new TypeError('error loading dynamically imported module: http://127.0.0.1:3000/assets/deals-page-x.js'), true],
  [new TypeError('Importing a module script failed.'), true],
  [new Error('Unable to preload CSS for /assets/things-x.css'), true],
  [new TypeError("Cannot read properties of undefined (reading 'map')"), false],
  ['Failed to fetch dynamically imported module', false],
  [null, false],
])('%s', (thrown, isMissing) => expect(isMissingCode(thrown)).toBe(isMissing));
