import { Module } from '@nestjs/common';
import { ConversationsController } from './conversations.controller.js';
import { NotificationsController } from './notifications.controller.js';

@Module({ controllers: [ConversationsController, NotificationsController] })
export class ConversationsModule {}
