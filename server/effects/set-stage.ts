import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** Moves the deal to a stage by name; without a pipeline, the deal's own counts first, then the account's in order. */
export const setStage: EffectHandler<'set-stage'> = (effect, scene) => {
  const { deal, account } = scene;
  if (!deal) return skipped('no deal');
  const own = account.pipelines.filter((pipeline) => pipeline.id === deal.pipelineId);
  const among =
    effect.pipeline === undefined
      ? [...own, ...account.pipelines]
      : account.pipelines.filter((pipeline) => pipeline.name === effect.pipeline);
  for (const pipeline of among) {
    const stage = pipeline.stages.find((stage) => stage.name === effect.stage);
    if (!stage) continue;
    const moved = deal.stageId !== stage.id;
    Object.assign(deal, { pipelineId: pipeline.id, stageId: stage.id, open: stage.open, changed: true });
    if (moved) scene.raise({ type: 'stage-changed' });
    return applied;
  }
  return skipped(`no stage «${effect.stage}»${effect.pipeline === undefined ? '' : ` in «${effect.pipeline}»`}`);
};
