import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DbModule } from './db/db.module.js';
import { HealthModule } from './health/health.module.js';
import { MetricsModule } from './health/metrics.module.js';
import { LiveModule } from './live/live.module.js';
import { PeopleModule } from './people/people.module.js';

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
        HealthModule,
        // People and their company
        AccountsModule,
        PeopleModule,
      ],
    };
  }
}
