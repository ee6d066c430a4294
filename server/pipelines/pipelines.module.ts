import { Module } from '@nestjs/common';
import { PipelinesController } from './pipelines.controller.js';
import { SavePipeline } from './save-pipeline.js';

@Module({ controllers: [PipelinesController], providers: [SavePipeline] })
export class PipelinesModule {}
