import { embedSnippet } from './embed-snippet.js';

test('the script lies under the page', () => {
  expect(embedSnippet('https://desk.example/chat/Ab-1/')).toBe('<script src="https://desk.example/chat/Ab-1/widget.js" async></script>');
});

test('nothing in the address ends the attribute', () => {
  expect(embedSnippet('https://a/"><b>')).toBe('<script src="https://a/&quot;><b>/widget.js" async></script>');
});
