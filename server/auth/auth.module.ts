import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.js';
import { nobodysHash } from './passwords.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';
import { TokensController } from './tokens.controller.js';

@Global()
@Module({
  providers: [Sessions, SignInLimits, { provide: APP_GUARD, useClass: AuthGuard }],
  controllers: [SessionController, TokensController],
  exports: [Sessions, SignInLimits],
})
export class AuthModule {
  async onModuleInit(): Promise<void> {
    await nobodysHash();
  }
}
