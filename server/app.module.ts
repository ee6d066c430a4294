import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ChannelAdminModule } from './channel-admin/channel-admin.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DbModule } from './db/db.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { ConversationsModule } from './conversations/conversations.module.js';
import { DealsModule } from './deals/deals.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { ExpressionsModule } from './expressions/expressions.module.js';
import { HealthModule } from './health/health.module.js';
import { MetricsModule } from './health/metrics.module.js';
import { HttpModule } from './http/http.module.js';
import { LiveModule } from './live/live.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { MessagingModule } from './messaging/messaging.module.js';
import { PeopleModule } from './people/people.module.js';
import { PipelinesModule } from './pipelines/pipelines.module.js';
import { QueuesModule } from './queues.js';
import { RuleSetsModule } from './rule-sets/rule-sets.module.js';

/** The server's parts, from the ground up. */
@Module({})
export class AppModule {
  /** `databaseUrl` is the owner's. */
  static of(config: Config, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // What everything stands on
        ConfigModule.of(config),
        DbModule.of(databaseUrl),
        MetricsModule,
        LiveModule,
        AuditModule,
        AuthModule,
        HttpModule,
        QueuesModule,
        ExpressionsModule,
        // The path of a message
        MessagingModule,
        HealthModule,
        // People and their company
        AccountsModule,
        PeopleModule,
        // What they look at and change
        RuleSetsModule,
        ChannelAdminModule,
        MessagesModule,
        ConversationsModule,
        ContactsModule,
        DealsModule,
        PipelinesModule,
        DirectoryModule,
      ],
    };
  }
}
