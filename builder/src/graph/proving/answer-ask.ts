import type { Memory, Played, RuleEvent, RuleGraph } from '../../../../rules/index.js';
import { playAnswers, type AnswersWeek } from '../seeing/play-answers.js';
import type { ChatRules } from './chat.js';
import { playTests, type TestsPlayed } from './play-tests.js';
import { playWeek, type Week } from './play-week.js';
import { explainWhyNot, type WhyNot } from './why-not.js';

/** Work that takes long enough to be felt: it is done beside the page. */
export type Ask =
  | { kind: 'tests'; rules: ChatRules }
  | { kind: 'week'; rules: ChatRules; event: RuleEvent; monday: string; zone: string; given?: { event: RuleEvent; memory: Memory } }
  | { kind: 'answers'; graphs: readonly RuleGraph[]; event: RuleEvent; monday: string; zone: string }
  | { kind: 'why-not'; rules: ChatRules; played: Played; node: string };

/** What each kind of work gives; undefined while the graph has errors. */
export interface Answers {
  tests: TestsPlayed | undefined;
  week: Week | undefined;
  answers: AnswersWeek;
  'why-not': WhyNot | undefined;
}

export type AnswerOf<Kind extends Ask['kind']> = Answers[Kind];

/** Does one piece of work. */
export async function answerAsk(ask: Ask): Promise<Answers[Ask['kind']]> {
  switch (ask.kind) {
    case 'tests':
      return playTests(ask.rules);
    case 'week':
      return playWeek(ask.rules, ask.event, ask);
    case 'answers':
      return playAnswers(ask.graphs, ask.event, ask);
    case 'why-not':
      return explainWhyNot(ask.rules, ask.played, ask.node);
  }
}
