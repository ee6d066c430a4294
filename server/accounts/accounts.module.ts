import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { ProfileController } from './profile.controller.js';
import { SetUp } from './set-up.js';
import { SetupController } from './setup.controller.js';

@Module({ providers: [SetUp], controllers: [SetupController, ProfileController, AccountController], exports: [SetUp] })
export class AccountsModule {}
