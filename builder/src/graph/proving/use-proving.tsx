import { useCallback, useState, type ReactNode } from 'react';
import type { GraphTest } from '../../../../rules/index.js';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import { emptyDirectory } from '../form/widget.js';
import { useGraph, useGraphStore } from '../graph-store.js';
import type { PanelTab } from '../side-panel.js';
import { CoverageList } from './coverage-list.js';
import { noLayer, type LayerChoice } from './layer-choice.js';
import { RunTestDialog } from './run-test-dialog.js';
import { SaveChatDialog } from './save-chat-dialog.js';
import { addTest } from './test-commands.js';
import { TestsPanel } from './tests-panel.js';
import { toChatTest } from './to-chat-test.js';
import { TryIt } from './try-it.js';
import { useChatRules } from './use-chat-rules.js';
import { useTests, type TestsRun } from './use-tests.js';
import { useTrying } from './use-trying.js';

/** What the rules page has for trying and proving. */
export interface Proving {
  tests: TestsRun;
  failedTests: number;
  /** Which layer lies over the canvas. */
  layer: LayerChoice;
  setLayer: (layer: LayerChoice) => void;
  /** The panel of a tab that belongs here; nothing for another one. */
  panelOf: (tab: PanelTab | undefined) => ReactNode;
  dialogs: ReactNode;
  /** Why the recorded run that the address names cannot be shown. */
  problem: Error | undefined;
}

/**
 * Keeps the chat, the tests and the layer of the page while its panels change.
 * @param onShow shows one of the tabs
 */
export function useProving(
  ruleSet: RuleSet,
  directory: Directory | undefined,
  { onShow, onJump }: { onShow: (tab: PanelTab) => void; onJump: (node: string) => void },
): Proving {
  const store = useGraphStore();
  const readOnly = useGraph((state) => state.readOnly);
  const rules = useChatRules(ruleSet);
  const tests = useTests(rules);
  const [layer, setLayer] = useState<LayerChoice>(noLayer);
  const [chatTest, setChatTest] = useState<GraphTest>();
  const { trying, setTrying, takeTest, toTest, closeTest, problem } = useTrying(
    directory,
    useCallback(() => onShow('try'), [onShow]),
  );
  const names = directory ?? emptyDirectory;
  const isRecorded = trying.chat.given !== undefined;
  const keep = (test: GraphTest) => {
    store.getState().commit(addTest(test));
    onShow('tests');
  };

  const panelOf = (tab: PanelTab | undefined) => {
    if (tab === 'try') {
      const save = (events: Parameters<typeof toChatTest>[0], name: string) => setChatTest(toChatTest(events, name, isRecorded));
      return (
        <TryIt trying={trying} onChange={setTrying} rules={rules} directory={names} onJump={onJump} onSave={readOnly ? undefined : save} />
      );
    }
    if (tab !== 'tests') return null;
    return (
      <>
        <TestsPanel rules={rules} run={tests} directory={names} onTry={takeTest} />
        <CoverageList layer={layer} onLayer={setLayer} onJump={onJump} />
      </>
    );
  };

  const dialogs = (
    <>
      {chatTest && (
        <SaveChatDialog
          rules={rules}
          test={chatTest}
          isRecorded={isRecorded}
          directory={names}
          onSave={(test) => {
            keep(test);
            setChatTest(undefined);
          }}
          onClose={() => setChatTest(undefined)}
        />
      )}
      {toTest && (
        <RunTestDialog
          key={toTest.run.id}
          recorded={toTest}
          rules={rules}
          onSave={(test) => {
            keep(test);
            closeTest();
          }}
          onClose={closeTest}
        />
      )}
    </>
  );

  const failedTests = (tests.played?.results ?? []).filter(({ passed }) => !passed).length;
  return { tests, failedTests, layer, setLayer, panelOf, dialogs, problem };
}
