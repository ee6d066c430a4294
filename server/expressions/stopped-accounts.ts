/** So many expressions of an account may be ended within the span; after them it gets none for as long. */
export const mostKills = 10;
const spanMs = 600_000;

/** Which accounts had too many expressions ended. Instants are ms of any clock that goes on steadily. */
export class StoppedAccounts {
  private readonly kills = new Map<string, number[]>();

  /** Counts one. @returns whether the account is stopped by this very one */
  count(account: string, now: number): boolean {
    const kills = this.recent(account, now);
    kills.push(now);
    this.kills.set(account, kills);
    return kills.length === mostKills;
  }

  /** Whether expressions of the account are not asked at this instant. It goes on when the last one that was ended is a span ago. */
  isStopped(account: string, now: number): boolean {
    const kills = this.kills.get(account);
    if (!kills) return false;
    const last = kills.at(-1) ?? -Infinity;
    if (kills.length >= mostKills && now < last + spanMs) return true;
    if (this.recent(account, now).length === 0) this.kills.delete(account);
    return false;
  }

  private recent(account: string, now: number): number[] {
    const kills = this.kills.get(account) ?? [];
    // Once it was stopped and went on, it begins anew.
    const isOver = kills.length >= mostKills && now >= (kills.at(-1) ?? 0) + spanMs;
    return isOver ? [] : kills.filter((at) => at > now - spanMs);
  }
}
