import { Module } from '@nestjs/common';
import { Answer } from './answer.js';
import { ConversationsController } from './conversations.controller.js';
import { NotificationsController } from './notifications.controller.js';

@Module({ controllers: [ConversationsController, NotificationsController], providers: [Answer] })
export class ConversationsModule {}
