import { type DynamicModule, Global, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from './account-scope.js';
import { applicationDataSource } from './data-source.js';

@Global()
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(private readonly source: DataSource) {}

  /** `url` is the owner's address: the application's connections take their own role (data-source.ts). */
  static of(url: string): DynamicModule {
    return {
      module: DbModule,
      providers: [
        { provide: DataSource, inject: [CONFIG], useFactory: (config: Config) => connect(url, config.databasePool) },
        { provide: DATABASE_URL, useValue: url },
        AccountScope,
      ],
      exports: [DataSource, DATABASE_URL, AccountScope],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** Injection token of the owner's address, for those who keep connections of their own (LISTEN, the queue). Holds the password: never log it. */
export const DATABASE_URL = Symbol('DATABASE_URL');

async function connect(url: string, poolSize: number): Promise<DataSource> {
  const source = await applicationDataSource(url, poolSize).initialize();
  // An idle connection that the server ends (restart) would otherwise crash the process.
  const pool = (source.driver as unknown as { master: { on(event: 'error', listener: (error: Error) => void): void } }).master;
  pool.on('error', (error) => new Logger('Database').warn(`idle connection ended: ${error.message}`));
  return source;
}
