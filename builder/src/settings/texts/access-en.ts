import type { TextTree } from '../../i18n.js';

/** Tokens and sessions, in English. */
export const accessEn: TextTree = {
  tokens: {
    text: 'A token lets a program into the API with a role’s rights. Pass it in the header Authorization: Bearer.',
    name: 'What for',
    namePlaceholder: 'Reports to a spreadsheet',
    create: 'Create a token',
    created: 'Token “{{name}}”',
    createdHelp: 'Shown once. Copy it now.',
    none: 'No tokens yet.',
    lastUsed: 'Last request',
    by: 'Created by',
    revoke: 'Revoke',
    revokeTitle: 'Revoke the token “{{name}}”?',
    revokeText: 'Programs with this token lose access at once.',
  },
  sessions: {
    text: 'Where you are signed in. End a session that you do not know and change the password.',
    current: 'this one',
    lastSeen: 'Last request',
    started: 'Started',
    unknown: 'Unknown browser',
    end: 'End',
    endOf: 'End the session: {{agent}}',
    endOthers: 'End all others',
    endOthersTitle: 'End all sessions but this one?',
    endOthersText: 'Other devices will have to sign in again.',
  },
};
