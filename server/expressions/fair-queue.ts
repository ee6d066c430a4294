/**
 * Work of several accounts, taken in turns: each account's own in its order, and never so much of one account at a time that nothing is left for another.
 */
export class FairQueue<Task> {
  /** Accounts that wait, whose turn it is first. */
  private readonly waiting = new Map<string, Task[]>();
  private readonly running = new Map<string, number>();

  /** @param mostOfOne tasks of one account that run at a time */
  constructor(private readonly mostOfOne: number) {}

  add(account: string, task: Task): void {
    const tasks = this.waiting.get(account);
    if (tasks) tasks.push(task);
    else this.waiting.set(account, [task]);
  }

  /** The next task that may run; whoever takes it calls `done` when it ends. */
  take(): { account: string; task: Task } | undefined {
    for (const [account, tasks] of this.waiting) {
      const running = this.running.get(account) ?? 0;
      if (running >= this.mostOfOne) continue;
      const task = tasks.shift();
      // To the end of the line, or out of it.
      this.waiting.delete(account);
      if (tasks.length > 0) this.waiting.set(account, tasks);
      if (task === undefined) continue;
      this.running.set(account, running + 1);
      return { account, task };
    }
    return undefined;
  }

  done(account: string): void {
    const running = (this.running.get(account) ?? 1) - 1;
    if (running > 0) this.running.set(account, running);
    else this.running.delete(account);
  }
}
