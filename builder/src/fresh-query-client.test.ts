import { QueryObserver } from '@tanstack/react-query';
import { FreshQueryClient } from './fresh-query-client.js';

/** A list that is on show; what the server answers is said by the test, question by question. */
function openList() {
  const client = new FreshQueryClient();
  const questions: ((answer: string[]) => void)[] = [];
  const list = new QueryObserver(client, {
    queryKey: ['notes', { contact: '1' }],
    queryFn: () => new Promise<string[]>((answer) => questions.push(answer)),
    retry: false,
  });
  return { client, list, questions, close: list.subscribe(() => undefined) };
}

test('what is added while the list is still loading is shown', async () => {
  const { client, list, questions, close } = openList();
  const refreshed = client.invalidateQueries({ queryKey: ['notes'] });
  questions[0]?.([]);
  await new Promise(setImmediate);
  questions[1]?.(['added meanwhile']);
  await refreshed;
  expect(list.getCurrentResult().data).toEqual(['added meanwhile']);
  expect(questions).toHaveLength(2);
  close();
  client.clear();
});

test('a list that is shown is asked once', async () => {
  const { client, list, questions, close } = openList();
  questions[0]?.(['one']);
  await new Promise(setImmediate);
  const refreshed = client.invalidateQueries({ queryKey: ['notes'] });
  questions[1]?.(['one', 'two']);
  await refreshed;
  expect(list.getCurrentResult().data).toEqual(['one', 'two']);
  expect(questions).toHaveLength(2);
  close();
  client.clear();
});
