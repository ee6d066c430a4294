import type { StepFigures } from '../../../api/steps.js';

/**
 * What the answers to a question come to.
 * @param counted `name` is the scale and the number, as «0-10 9», and `times` how many gave it
 * @returns one for each scale that was asked with
 */
export function toScores(counted: readonly { name: string; times: number }[]): StepFigures['scores'] {
  const given = counted.flatMap(({ name, times }) => {
    const [scale, number] = name.split(' ');
    const score = Number(number);
    return scale !== undefined && number !== undefined && Number.isFinite(score) ? [{ scale, score, times }] : [];
  });
  return [...new Set(given.map(({ scale }) => scale))].map((scale) => {
    const answers = given.filter((one) => one.scale === scale);
    const count = sum(answers);
    const average = answers.reduce((total, { score, times }) => total + score * times, 0) / count;
    const promoters = sum(answers.filter(({ score }) => score >= 9));
    const detractors = sum(answers.filter(({ score }) => score <= 6));
    const nps = scale === '0-10' ? Math.round(((promoters - detractors) / count) * 100) : null;
    return { scale, count, average: Math.round(average * 100) / 100, nps };
  });
}

function sum(answers: readonly { times: number }[]): number {
  return answers.reduce((total, { times }) => total + times, 0);
}
