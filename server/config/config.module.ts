import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';
import { readOrMakeSecretKey, SecretBox } from './secret-box.js';

@Global()
@Module({})
export class ConfigModule {
  static of(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: SecretBox, useFactory: () => new SecretBox(readOrMakeSecretKey(config.secretKeyFile)) },
      ],
      exports: [CONFIG, SecretBox],
    };
  }
}
