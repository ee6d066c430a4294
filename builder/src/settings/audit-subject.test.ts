import { auditSubject } from './audit-subject.js';

const id = '01a1ff87-70d7-70f2-a925-ff78128b557f';

test.each([
  ['deal.change', id, { number: 12 }, { kind: 'deal', number: 12, to: `/deals/${id}` }],
  ['contact.change', id, { fields: ['name'] }, { kind: 'contact', to: `/contacts/${id}` }],
  ['conversation.close', id, { number: 3 }, { kind: 'conversation', number: 3, to: `/conversations/${id}` }],
  ['message.resend', id, {}, { kind: 'message', to: `/messages?message=${id}` }],
  ['session.end', id, {}, { kind: 'session' }],
  ['quarantine.retry', id, {}, { kind: 'quarantine' }],
  ['user.change', 'ivan@example.test', {}, { name: 'ivan@example.test' }],
  ['later.thing', id, {}, null],
  ['session.start', null, {}, null],
])('%s with %s', (action, subject, details, shown) => expect(auditSubject(action, subject, details)).toEqual(shown));
