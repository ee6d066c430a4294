import { Global, Module } from '@nestjs/common';
import { Expressions } from './expressions.js';

/** Where rules' expressions are evaluated: for whoever compiles graphs. */
@Global()
@Module({ providers: [Expressions], exports: [Expressions] })
export class ExpressionsModule {}
