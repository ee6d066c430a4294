import { once } from 'node:events';

/** Lines are written in pieces of about this many characters: one write a line would cost more than the rules do. */
const piece = 32_768;

/** Writes lines to standard output and waits when the reader is slower than we are. */
export class Printer {
  private waiting = '';

  async line(text: string): Promise<void> {
    this.waiting += `${text}\n`;
    if (this.waiting.length >= piece) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
