import { Module } from '@nestjs/common';
import { KeepRuleSets } from './keep-rule-sets.js';
import { Publish } from './publish.js';
import { RuleSetStates } from './rule-set-states.js';
import { RuleSetsController } from './rule-sets.controller.js';
import { SaveDraft } from './save-draft.js';
import { VersionsController } from './versions.controller.js';

@Module({ controllers: [RuleSetsController, VersionsController], providers: [KeepRuleSets, Publish, RuleSetStates, SaveDraft] })
export class RuleSetsModule {}
