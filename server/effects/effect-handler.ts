import type { EffectBody, EffectType } from '../../rules/index.js';
import type { Applied, Scene } from './scene.js';

/** Turns one effect of a run into rows of the scene; touches neither the database nor the network. */
export type EffectHandler<Type extends EffectType> = (effect: Extract<EffectBody, { type: Type }>, scene: Scene) => Applied;
