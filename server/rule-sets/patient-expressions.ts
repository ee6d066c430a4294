import { inThisThread, OutOfTime, type MakeExpression } from '../../rules/index.js';

/** How often an expression that the wall clock stopped is asked again: nobody waits for it. */
const mostTries = 5;

/** For threads where versions are compared: an expression that takes too long again and again is a failure of its version, so that the rest can be compared. */
export const patientExpressions: MakeExpression = (source) => {
  const expression = inThisThread(source);
  return {
    async evaluate(input) {
      for (let tries = 1; ; tries++) {
        try {
          return await expression.evaluate(input);
        } catch (error) {
          if (!(error instanceof OutOfTime)) throw error;
          if (tries === mostTries) throw new Error(error.message, { cause: error });
        }
      }
    },
  };
};
