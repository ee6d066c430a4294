import { Module } from '@nestjs/common';
import { ContactsController } from './contacts.controller.js';
import { NotesController } from './notes.controller.js';

@Module({ controllers: [ContactsController, NotesController] })
export class ContactsModule {}
