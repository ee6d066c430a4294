import { Inject, Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Clock } from '../health/clock.js';
import { Metrics } from '../health/metrics.js';
import { isDatabaseAway } from '../problem/database-errors.js';
import { Ingest, mostTogether } from './ingest.js';
import { WakeUps } from './wake-ups.js';

/** Lanes that one process drains at a time, so that the pool keeps connections for people. */
const mostLanes = 5;
/** Of these, lanes of one account: its slow rules hold up nobody else. */
const mostOfOne = 4;
/** The promise of «within 5 s»: what a lost wake-up left is found by looking. */
const sweepEveryMs = 5_000;
/** Requests of a lane that are taken one by one after a start or a failure, before batches are trusted again: as many as the batch that may have failed. */
const carefulRequests = mostTogether;
const pauseAfterFailureMs = 1_000;
/** Raw requests are kept for longer than any platform repeats (8 days) and for as long as somebody may ask what exactly came. */
const keepRequests = '14 days';
const forgetEveryMs = 60 * 60 * 1_000;
/** As many as forget_old takes at a time: far fewer than a statement has the time for. */
const forgottenTogether = 5_000;

interface Lane {
  accountId: string;
  channelId: string;
  /** Requests to go one by one. */
  careful: number;
  running: boolean;
  /** Woken while running: look once more before resting. */
  again: boolean;
  /** It failed a moment ago: whoever wakes it now is heard after the pause. */
  pausing: boolean;
}

/** Calls step 2 whenever a lane has requests: at once for those that this process stored, on a notice from others, and by looking every 5 s. */
@Injectable()
export class InboxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('inbox');
  private readonly lanes = new Map<string, Lane>();
  private readonly ready: Lane[] = [];
  private running = 0;
  /** By account; absent: none. */
  private readonly runningOf = new Map<string, number>();
  /** Whether this process knows what the last one left, which may be what it died of. Until then every lane is taken carefully. */
  private hasLooked = false;
  private stopping = false;
  private sweep: NodeJS.Timeout | undefined;
  private forgetting: NodeJS.Timeout | undefined;

  constructor(
    private readonly ingest: Ingest,
    private readonly scope: AccountScope,
    private readonly wakeUps: WakeUps,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.wakeUps.on('inbox', ({ accountId, id }) => this.wake(accountId, id));
    void this.look(false);
    this.sweep = setInterval(() => void this.look(true), sweepEveryMs);
    this.forgetting = setInterval(() => void this.forget(), forgetEveryMs);
  }

  /** Finishes what it holds and takes nothing new. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweep);
    clearInterval(this.forgetting);
    const patience = Date.now() + 10_000;
    while (this.running > 0 && Date.now() < patience) await new Promise((done) => setTimeout(done, 20));
  }

  /** There may be something in this channel's lane. */
  wake(accountId: string, channelId: string): void {
    if (this.config.role === 'web' || this.stopping) return;
    let lane = this.lanes.get(channelId);
    if (!lane)
      this.lanes.set(
        channelId,
        (lane = { accountId, channelId, careful: this.hasLooked ? 0 : carefulRequests, running: false, again: false, pausing: false }),
      );
    if (lane.running || lane.again || lane.pausing) return void (lane.again = true);
    lane.again = true;
    this.ready.push(lane);
    this.start();
  }

  private start(): void {
    while (this.running < mostLanes && !this.stopping && this.clock.isTrue) {
      const next = this.ready.findIndex(({ accountId }) => (this.runningOf.get(accountId) ?? 0) < mostOfOne);
      const [lane] = next < 0 ? [] : this.ready.splice(next, 1);
      if (!lane) return;
      this.runningOf.set(lane.accountId, (this.runningOf.get(lane.accountId) ?? 0) + 1);
      this.running += 1;
      lane.running = true;
      void this.run(lane).finally(() => {
        this.running -= 1;
        const others = (this.runningOf.get(lane.accountId) ?? 1) - 1;
        if (others > 0) this.runningOf.set(lane.accountId, others);
        else this.runningOf.delete(lane.accountId);
        lane.running = false;
        if (lane.again && !lane.pausing && !this.stopping) this.ready.push(lane);
        this.start();
      });
    }
  }

  private async run(lane: Lane): Promise<void> {
    lane.again = false;
    try {
      for (let more = true; more && !this.stopping;) {
        const carefully = lane.careful > 0;
        const drained = await this.ingest.drain(lane.accountId, lane.channelId, carefully);
        if (carefully && drained.taken > 0) lane.careful -= 1;
        more = drained.more;
      }
    } catch (error) {
      this.metrics.ingestFailures.inc();
      this.log.warn(`channel ${lane.channelId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      // That the database was away is nobody's fault: what gathered meanwhile goes in batches.
      if (!isDatabaseAway(error)) lane.careful = carefulRequests;
      // Not at once: the database may be away. The sweep would find it too, this is sooner.
      lane.pausing = true;
      setTimeout(() => this.resume(lane), pauseAfterFailureMs).unref();
    }
  }

  private resume(lane: Lane): void {
    lane.pausing = false;
    lane.again = false;
    this.wake(lane.accountId, lane.channelId);
  }

  private async look(rescuing: boolean): Promise<void> {
    try {
      const lanes = await this.scope.lookUp<{ channel_id: string; account_id: string }>('SELECT * FROM inbox_lanes()');
      for (const { channel_id, account_id } of lanes) {
        if (rescuing && !this.lanes.get(channel_id)?.again && !this.lanes.get(channel_id)?.running)
          this.metrics.sweeperRescues.inc({ queue: 'inbox' });
        this.wake(account_id, channel_id);
      }
      this.hasLooked = true;
      // Those that waited for the clock.
      this.start();
    } catch (error) {
      this.log.warn(`cannot look for requests: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Lets go of old requests that are done and of changes whose message never came; quarantined requests stay until a person decides. */
  async forget(): Promise<void> {
    try {
      for (let isMore = true; isMore && !this.stopping;) {
        const [row] = await this.scope.lookUp<{ gone: string }>('SELECT forget_old($1) AS gone', [keepRequests]);
        isMore = Number(row?.gone) >= forgottenTogether;
      }
    } catch (error) {
      this.log.warn(`cannot remove old requests: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
