import { FairQueue } from './fair-queue.js';

function fill(queue: FairQueue<string>, account: string, count: number): void {
  for (let number = 1; number <= count; number++) queue.add(account, `${account}${number}`);
}

it('takes turns, and each account’s own in order', () => {
  const queue = new FairQueue<string>(9);
  fill(queue, 'a', 4);
  fill(queue, 'b', 2);
  fill(queue, 'c', 1);
  expect(Array.from({ length: 8 }, () => queue.take()?.task)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4', undefined]);
});

it('leaves room beside an account that has more than its share', () => {
  const queue = new FairQueue<string>(1);
  fill(queue, 'a', 3);
  expect(queue.take()).toEqual({ account: 'a', task: 'a1' });
  expect(queue.take()).toBeUndefined();
  fill(queue, 'b', 1);
  expect(queue.take()).toEqual({ account: 'b', task: 'b1' });
  queue.done('a');
  expect(queue.take()).toEqual({ account: 'a', task: 'a2' });
});
