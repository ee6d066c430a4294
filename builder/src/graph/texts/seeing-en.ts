import type { TextTree } from '../../i18n.js';

/** The words of counts, figures and reasons: what the rules do and did. */
export const seeingEn: TextTree = {
  seen: {
    counts: { '1': 'How many passed in a day', '7': 'How many passed in 7 days', '30': 'How many passed in 30 days' },
    times: { '1': 'Passed through this step in a day', '7': 'Passed through this step in 7 days', '30': 'Passed through this step in 30 days' },
    exit: '“{{title}}”, exit “{{port}}”: {{count}} passed',
    last: 'The last by this exit',
    none: 'Nothing has passed here yet.',
    gone: 'The messages themselves are deleted.',
    noText: 'no text',
    nameless: 'No name',
    found: 'Messages with this text',
    foundHelp: 'They open the way of the message on the version that was live then',
  },
  reason: {
    title: 'Why it went so',
    decided: 'Decided by the step “{{title}}”',
    differ: 'What would have to differ',
    differHelp: 'Choose a step on the canvas or in the list: you will see what kept the message from it, and what to change.',
  },
};
