import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** One message that Telegram accepted, whether or not anybody heard of it. */
export interface LedgerEntry {
  at: string;
  bot: string;
  method: string;
  chat: number;
  message: number;
  text: string;
  params: Record<string, unknown>;
}

/** All accepted sends in order; with a file each one is on the disk, a line of JSON, before it is answered. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  private readonly file: number | undefined;

  constructor(path?: string) {
    this.file = path === undefined ? undefined : openSync(path, 'a');
  }

  add(entry: LedgerEntry): void {
    this.entries.push(entry);
    if (this.file === undefined) return;
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.file);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}
