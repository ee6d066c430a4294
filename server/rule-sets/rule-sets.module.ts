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
import { KeepReleases } from './releases/keep-releases.js';
import { ReleasesController } from './releases/releases.controller.js';
import { WatchReleases } from './releases/watch-releases.js';
import { SaveDraft } from './save-draft.js';
import { KeepShadows } from './shadows/keep-shadows.js';
import { RunShadows } from './shadows/run-shadows.js';
import { ShadowsController } from './shadows/shadows.controller.js';
import { CountSteps } from './steps/count-steps.js';
import { StepsController } from './steps/steps.controller.js';
import { VersionsController } from './versions.controller.js';

@Module({
  controllers: [
    RuleSetsController,
    VersionsController,
    PublishPolicyController,
    PresenceController,
    BacktestsController,
    StepsController,
    ShadowsController,
    ReleasesController,
  ],
  providers: [
    CountSteps,
    KeepBacktests,
    KeepReleases,
    KeepRuleSets,
    KeepShadows,
    Publish,
    RuleSetStates,
    RunBacktests,
    RunShadows,
    SaveDraft,
    WatchReleases,
  ],
})
export class RuleSetsModule {}
