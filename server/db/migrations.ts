import type { MigrationInterface } from 'typeorm';
import { Init1763600000000 } from '../../migrations/1763600000000-init.js';
import { Waits1763600000001 } from '../../migrations/1763600000001-waits.js';
import { Numbers1763700000000 } from '../../migrations/1763700000000-numbers.js';
import { Versions1763700000010 } from '../../migrations/1763700000010-versions.js';
import { ExpressionsStopped1763700000030 } from '../../migrations/1763700000030-expressions-stopped.js';
import { Backtests1763700000031 } from '../../migrations/1763700000031-backtests.js';
import { Steps1763700000050 } from '../../migrations/1763700000050-steps.js';
import { LiveVersions1763700000060 } from '../../migrations/1763700000060-live-versions.js';
import { ShadowSchedules1763700000070 } from '../../migrations/1763700000070-shadow-schedules.js';
import { MessageAuthors1763700000071 } from '../../migrations/1763700000071-message-authors.js';
import { CallWaits1763700000090 } from '../../migrations/1763700000090-call-waits.js';
import { ForgetInPortions1763700000091 } from '../../migrations/1763700000091-forget-in-portions.js';

/** Every migration, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [
  Init1763600000000,
  Waits1763600000001,
  Numbers1763700000000,
  Versions1763700000010,
  ExpressionsStopped1763700000030,
  Backtests1763700000031,
  Steps1763700000050,
  LiveVersions1763700000060,
  ShadowSchedules1763700000070,
  MessageAuthors1763700000071,
  CallWaits1763700000090,
  ForgetInPortions1763700000091,
];
