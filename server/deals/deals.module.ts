import { Module } from '@nestjs/common';
import { ChangeDeal } from './change-deal.js';
import { DealsController } from './deals.controller.js';
import { TasksController } from './tasks.controller.js';

@Module({ controllers: [DealsController, TasksController], providers: [ChangeDeal] })
export class DealsModule {}
