import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { OutgoingCalls } from './outgoing-calls.js';

/** The one guarded client, for whoever calls addresses that people gave. */
@Global()
@Module({
  providers: [
    {
      provide: OutgoingCalls,
      inject: [CONFIG],
      useFactory: (config: Config) => new OutgoingCalls({ allowPrivateNetwork: config.allowPrivateNetwork }),
    },
  ],
  exports: [OutgoingCalls],
})
export class HttpModule implements OnApplicationShutdown {
  constructor(@Inject(OutgoingCalls) private readonly calls: OutgoingCalls) {}

  async onApplicationShutdown(): Promise<void> {
    await this.calls.close();
  }
}
