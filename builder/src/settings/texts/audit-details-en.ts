import type { TextTree } from '../../i18n.js';

/** What stands in the details of the log, in English. */
export const auditDetailsEn: TextTree = {
  details: {
    yes: 'yes',
    no: 'no',
    version: 'Version',
    before: 'Before',
    after: 'After',
    reason: 'Reason',
    unmet: 'Not met',
    waiting: 'Conversations that waited',
    share: 'Share of clients, %',
    limits: 'Limits',
    days: 'Days',
    events: 'Events',
    number: 'Number',
    fields: 'Fields',
    messages: 'Messages',
    was: 'It was',
    role: 'Role',
    name: 'Name',
    active: 'Works in the company',
    group: 'Group',
    enabled: 'On',
    priority: 'Place in the list',
    timezone: 'Time zone',
    answerAgeSeconds: 'Answer messages no older than, seconds',
    sendingStopped: 'Sending is stopped',
    exampleDesk: 'With the example',
    withoutWarnings: 'No warnings',
    withTests: 'At least one test',
    coverage: 'The tests reach, %',
    of: {
      unmet: {
        'policy-warnings': 'there are warnings',
        'policy-tests': 'there are no tests',
        'policy-coverage': 'the tests do not reach enough steps',
      },
      role: { owner: 'owner', admin: 'admin', analyst: 'analyst', operator: 'operator' },
    },
  },
};
