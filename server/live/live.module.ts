import { Global, Module } from '@nestjs/common';
import { ChangeListener } from './change-listener.js';
import { Changes } from './changes.js';
import { Presences } from './presences.js';
import { StreamController } from './stream.controller.js';

/** Global: every feature tells what it changed. */
@Global()
@Module({ providers: [ChangeListener, Changes, Presences], controllers: [StreamController], exports: [Changes, ChangeListener, Presences] })
export class LiveModule {}
