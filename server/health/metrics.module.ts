import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Global and below everything that counts. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
