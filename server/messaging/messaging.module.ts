import { Module } from '@nestjs/common';
import { ActiveRuleSets } from './active-rule-sets.js';
import { ChannelHealth } from './channel-health.js';
import { ConnectedChannels } from './connected-channels.js';
import { Deliver } from './deliver.js';
import { HttpCalls } from './http-calls.js';
import { InboxWorker } from './inbox-worker.js';
import { Ingest } from './ingest.js';
import { Numbers } from './numbers.js';
import { Poll } from './poll.js';
import { Published } from './published.js';
import { ReceiveController } from './receive.controller.js';
import { Receive } from './receive.js';
import { Schedules } from './schedules.js';
import { Wake } from './wake.js';
import { WakeUps } from './wake-ups.js';
import { WebchatController } from './webchat.controller.js';

/** The path of a message, in its order: docs/message-path.md. */
@Module({
  controllers: [ReceiveController, WebchatController],
  providers: [
    // 1. receive: by hook or by polling
    Receive,
    Poll,
    // 2. ingest, run rules, apply effects: one transaction
    InboxWorker,
    Ingest,
    Wake,
    Schedules,
    HttpCalls,
    Published,
    // 3. deliver
    Deliver,
    // what the steps look up
    ConnectedChannels,
    ActiveRuleSets,
    ChannelHealth,
    Numbers,
    WakeUps,
  ],
  exports: [ConnectedChannels, ChannelHealth, Receive],
})
export class MessagingModule {}
