import { Module } from '@nestjs/common';
import { MessagesController } from './messages.controller.js';
import { Resend } from './resend.js';

@Module({ controllers: [MessagesController], providers: [Resend] })
export class MessagesModule {}
