import type { ComponentType } from 'react';
import { createBrowserRouter, type LazyRouteFunction, type RouteObject } from 'react-router';
import { addTexts, type Texts } from './i18n.js';
import { Gate, Home } from './session/gate.js';
import { ErrorBoundary } from './ui/error-boundary.js';
import { NotFoundPage } from './ui/not-found-page.js';
import { PageSkeleton } from './ui/page-skeleton.js';

/** A page that comes as a chunk of its own, with its texts. */
function lazily(namespace: string, load: () => Promise<[ComponentType, Texts]>): LazyRouteFunction<RouteObject> {
  return async () => {
    const [Component, texts] = await load();
    addTexts(namespace, texts);
    return { Component, ErrorBoundary };
  };
}

/** A page whose texts the app begins with. */
function alone(load: () => Promise<ComponentType>): LazyRouteFunction<RouteObject> {
  return async () => ({ Component: await load(), ErrorBoundary });
}

async function loadCrm<Name extends string>(page: Promise<Record<Name, ComponentType>>, name: Name): Promise<[ComponentType, Texts]> {
  const [pages, { crmTexts }, { conversationsTexts }] = await Promise.all([
    page,
    import('./crm/texts.js'),
    import('./conversations/texts.js'),
  ]);
  // What their conversations show and do is drawn by the folder of conversations.
  addTexts('conversations', conversationsTexts);
  return [pages[name], crmTexts];
}

async function loadRules<Name extends string>(page: Promise<Record<Name, ComponentType>>, name: Name): Promise<[ComponentType, Texts]> {
  const [pages, { graphTexts }] = await Promise.all([page, import('./graph/texts.js')]);
  return [pages[name], graphTexts];
}

const ruleSets = lazily('graph', async () => {
  const [{ RuleSetsPage }, { graphListTexts }] = await Promise.all([
    import('./graph/list/rule-sets-page.js'),
    import('./graph/list/list-texts.js'),
  ]);
  return [RuleSetsPage, graphListTexts];
});
const channels = lazily('channels', async () => {
  const [{ ChannelsPage }, { channelsTexts }] = await Promise.all([import('./channels/channels-page.js'), import('./channels/texts.js')]);
  return [ChannelsPage, channelsTexts];
});
const settings = lazily('settings', async () => {
  const [{ SettingsPage }, { settingsTexts }] = await Promise.all([import('./settings/settings-page.js'), import('./settings/texts.js')]);
  return [SettingsPage, settingsTexts];
});
const conversation = lazily('conversations', async () => {
  const [{ ConversationPage }, { conversationsTexts }] = await Promise.all([
    import('./conversations/conversation-page.js'),
    import('./conversations/texts.js'),
  ]);
  return [ConversationPage, conversationsTexts];
});

const newRuleSet = lazily('graph', () => loadRules(import('./graph/recipes/new-rule-set-page.js'), 'NewRuleSetPage'));
const channelRules = lazily('graph', () => loadRules(import('./graph/recipes/channel-rules-page.js'), 'ChannelRulesPage'));

const pages: RouteObject[] = [
  { index: true, Component: Home },
  { path: 'messages', lazy: alone(async () => (await import('./messages/messages-page.js')).MessagesPage) },
  { path: 'rules', lazy: ruleSets },
  { path: 'rules/new', lazy: newRuleSet },
  { path: 'rules/new/:recipe', lazy: newRuleSet },
  { path: 'rules/answers', lazy: lazily('graph', () => loadRules(import('./graph/seeing/answers-page.js'), 'AnswersPage')) },
  { path: 'rules/:id', lazy: lazily('graph', () => loadRules(import('./graph/rule-set-page.js'), 'RuleSetPage')) },
  { path: 'rules/:id/backtest', lazy: lazily('graph', () => loadRules(import('./graph/backtest/backtest-page.js'), 'BacktestPage')) },
  { path: 'rules/:id/trial', lazy: lazily('graph', () => loadRules(import('./graph/trial/trial-page.js'), 'TrialPage')) },
  { path: 'channels', lazy: channels },
  { path: 'channels/:id', lazy: channels },
  { path: 'channels/:id/rules', lazy: channelRules },
  { path: 'contacts', lazy: lazily('crm', () => loadCrm(import('./crm/contacts-page.js'), 'ContactsPage')) },
  { path: 'contacts/:id', lazy: lazily('crm', () => loadCrm(import('./crm/contact-page.js'), 'ContactPage')) },
  { path: 'deals', lazy: lazily('crm', () => loadCrm(import('./crm/deals-page.js'), 'DealsPage')) },
  { path: 'deals/:id', lazy: lazily('crm', () => loadCrm(import('./crm/deal-page.js'), 'DealPage')) },
  { path: 'conversations/:id', lazy: conversation },
  { path: 'settings', lazy: settings },
  { path: 'settings/:section', lazy: settings },
  { path: '*', Component: NotFoundPage },
];

/** Every address of the app. */
export const router = createBrowserRouter([
  {
    path: '/sign-in',
    lazy: alone(async () => (await import('./session/sign-in-page.js')).SignInPage),
    ErrorBoundary,
    HydrateFallback: PageSkeleton,
  },
  {
    path: '/setup',
    lazy: alone(async () => (await import('./session/set-up-page.js')).SetUpPage),
    ErrorBoundary,
    HydrateFallback: PageSkeleton,
  },
  {
    path: '/invite',
    lazy: alone(async () => (await import('./session/accept-invitation-page.js')).AcceptInvitationPage),
    ErrorBoundary,
    HydrateFallback: PageSkeleton,
  },
  { path: '/', Component: Gate, ErrorBoundary, HydrateFallback: PageSkeleton, children: [{ ErrorBoundary, children: pages }] },
]);
