// fast-check as the tests get it (jest.config.mjs): the same values in every run, so that a build says the same of the same code. FC_SEED=1, 2, ... tries others.
import * as fc from '../../node_modules/.cache/razvilka-test-libraries/fast-check.mjs';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_121) });

export * from '../../node_modules/.cache/razvilka-test-libraries/fast-check.mjs';
export { default } from '../../node_modules/.cache/razvilka-test-libraries/fast-check.mjs';
