import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Metrics } from './metrics.js';

/** Global and below everything that counts or takes work. */
@Global()
@Module({ providers: [Metrics, Clock], exports: [Metrics, Clock] })
export class MetricsModule {}
