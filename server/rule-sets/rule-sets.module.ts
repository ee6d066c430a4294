import { Module } from '@nestjs/common';
import { BacktestsController } from './backtests/backtests.controller.js';
import { KeepBacktests } from './backtests/keep-backtests.js';
import { RunBacktests } from './backtests/run-backtests.js';
import { KeepRuleSets } from './keep-rule-sets.js';
import { PresenceController } from './presence.controller.js';
import { Publish } from './publish.js';
import { PublishPolicyController } from './publish-policy.controller.js';
import { RuleSetStates } from './rule-set-states.js';
import { RuleSetsController } from './rule-sets.controller.js';
import { SaveDraft } from './save-draft.js';
import { CountSteps } from './steps/count-steps.js';
import { StepsController } from './steps/steps.controller.js';
import { VersionsController } from './versions.controller.js';

@Module({
  controllers: [RuleSetsController, VersionsController, PublishPolicyController, PresenceController, BacktestsController, StepsController],
  providers: [CountSteps, KeepBacktests, KeepRuleSets, Publish, RuleSetStates, RunBacktests, SaveDraft],
})
export class RuleSetsModule {}
