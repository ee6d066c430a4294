import { useCallback, useRef, useState } from 'react';
import { Alert, Drawer } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useSearchParams } from 'react-router';
import { draft, type RuleSet } from '../../../api/rule-sets.js';
import type { GraphTest } from '../../../rules/index.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { can, useMe } from '../session.js';
import { Confirm } from '../ui/confirm.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Canvas, type StepRequest } from './canvas.js';
import { ConflictBanner } from './conflict-banner.js';
import { EditorBar } from './editor-bar.js';
import { EmptyCanvas } from './empty-canvas.js';
import { fitOptions } from './flow-view.js';
import { emptyDirectory } from './form/widget.js';
import { chooseFile, downloadGraph, readGraphFile } from './graph-file.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { KeysHelp } from './keys-help.js';
import { useLayerStore } from './layers.js';
import { Palette } from './palette.js';
import { Problems } from './problems.js';
import { CoverageList } from './proving/coverage-list.js';
import { noLayer, type LayerChoice } from './proving/layer-choice.js';
import { LayerLegend } from './proving/layer-legend.js';
import { LayerMenu } from './proving/layer-menu.js';
import { RunTestDialog } from './proving/run-test-dialog.js';
import { SaveChatDialog } from './proving/save-chat-dialog.js';
import { addTest } from './proving/test-commands.js';
import { toChatTest } from './proving/to-chat-test.js';
import { TestsPanel } from './proving/tests-panel.js';
import { TryIt } from './proving/try-it.js';
import { useChatRules } from './proving/use-chat-rules.js';
import { useLayer } from './proving/use-layer.js';
import { useTests } from './proving/use-tests.js';
import { useTrying } from './proving/use-trying.js';
import { Publish } from './publish.js';
import { QuickAdd } from './quick-add.js';
import { focusPanel, type PanelPart } from './panel-focus.js';
import { SettingsPanel } from './settings-panel.js';
import { SidePanel, type PanelTab } from './side-panel.js';
import { StepList } from './step-list.js';
import { toGraph } from './to-graph.js';
import { useAddStep } from './use-add-step.js';
import { useChecks } from './use-checks.js';
import { useDirectory } from './use-directory.js';
import { useDraft } from './use-draft.js';
import { useEditorKeys } from './use-editor-keys.js';
import { useJump } from './use-jump.js';
import { useClipboard, useKeys } from './use-keys.js';
import { Versions } from './versions.js';
import classes from './editor.module.css';

const tabs: readonly PanelTab[] = ['step', 'try', 'tests', 'problems', 'steps'];

/** The draft under edit: canvas, palette, panels, saving, publishing. */
export function Editor({ ruleSet, revision, isNarrow }: { ruleSet: RuleSet; revision: number; isNarrow: boolean }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const canPublish = can(useMe().role, 'manage');
  const client = useQueryClient();
  const store = useGraphStore();
  const layers = useLayerStore();
  const flow = useReactFlow();
  const isEmpty = useGraph((state) => state.history.present.nodes.length === 0);
  const hasSelection = useGraph((state) => state.selection.nodes.size > 0);
  const readOnly = useGraph((state) => state.readOnly);
  const [query] = useSearchParams();
  // The address may name a recorded run, which is shown in the chat.
  const [tab, setTab] = useState<PanelTab | undefined>(query.has('try') ? 'try' : undefined);
  const [dialog, setDialog] = useState<'publish' | 'versions' | 'keys'>();
  const [request, setRequest] = useState<StepRequest>();
  const [layer, setLayer] = useState<LayerChoice>(noLayer);
  const [chatTest, setChatTest] = useState<GraphTest>();
  const [fileProblem, setFileProblem] = useState<string>();
  const left = useRef(false);
  const saving = useDraft(ruleSet.id, store, revision);
  const directory = useDirectory();
  useChecks(store, layers, directory, saving.problems);
  const { add, drop, middle } = useAddStep();
  const jump = useJump();
  useClipboard(middle);
  const rules = useChatRules(ruleSet);
  const tests = useTests(rules);
  const { trying, setTrying, takeTest, toTest, closeTest, problem } = useTrying(
    directory,
    useCallback(() => setTab('try'), []),
  );
  const blocker = useBlocker(
    () => !left.current && (saving.state === 'conflict' || saving.state === 'offline' || saving.state === 'refused'),
  );

  const open = useCallback((on: PanelPart) => {
    setTab('step');
    // The panel is there at the next frame.
    requestAnimationFrame(() => focusPanel(on));
  }, []);
  const jumpTo = useCallback(
    (node: string, field?: string) => {
      jump(node);
      if (field !== undefined) open('form');
    },
    [jump, open],
  );
  // A selected step shows its settings, unless another panel is in use: then the selection is part of what is done there.
  const shownTab = tab ?? (hasSelection && !isNarrow ? 'step' : undefined);
  useLayer(ruleSet, { layer, tests, showsPassed: shownTab === 'tests' });
  const close = () => {
    setTab(undefined);
    store.getState().select({});
  };
  const failedTests = (tests.played?.results ?? []).filter(({ passed }) => !passed).length;
  const isRecorded = trying.chat.given !== undefined;
  const keepTest = (test: GraphTest) => {
    store.getState().commit(addTest(test));
    setTab('tests');
  };
  const importFile = async () => {
    const file = await chooseFile('.json,application/json');
    if (!file) return;
    const read = await readGraphFile(file, language, t('bar.notJson'));
    if ('problem' in read) return setFileProblem(read.problem);
    setFileProblem(undefined);
    store.getState().commit((graph) => ({ ...read.graph, name: graph.name }));
    requestAnimationFrame(() => void flow.fitView(fitOptions));
  };

  useKeys(
    useEditorKeys({
      open,
      quickAdd: () => setRequest({}),
      show: setTab,
      close,
      help: () => setDialog('keys'),
      save: () => void saving.saver.flush(),
      publish: () => canPublish && setDialog('publish'),
    }),
  );

  const panel = shownTab && (
    <SidePanel tab={shownTab} tabs={tabs} failedTests={failedTests} onTab={setTab} onClose={close}>
      {shownTab === 'step' && <SettingsPanel directory={directory ?? emptyDirectory} />}
      {shownTab === 'try' && (
        <TryIt
          trying={trying}
          onChange={setTrying}
          rules={rules}
          directory={directory ?? emptyDirectory}
          onJump={jump}
          onSave={readOnly ? undefined : (events, name) => setChatTest(toChatTest(events, name, isRecorded))}
        />
      )}
      {shownTab === 'tests' && (
        <>
          <TestsPanel rules={rules} run={tests} directory={directory ?? emptyDirectory} onTry={takeTest} />
          <CoverageList layer={layer} onLayer={setLayer} onJump={jump} />
        </>
      )}
      {shownTab === 'problems' && <Problems onJump={jumpTo} />}
      {shownTab === 'steps' && <StepList onJump={jump} />}
    </SidePanel>
  );

  return (
    <div className={classes.page}>
      <EditorBar
        ruleSet={ruleSet}
        saving={saving}
        canPublish={canPublish}
        isNarrow={isNarrow}
        onTry={() => setTab(shownTab === 'try' ? undefined : 'try')}
        onPanel={() => (shownTab ? close() : setTab('step'))}
        onVersions={() => setDialog('versions')}
        onPublish={() => setDialog('publish')}
        onKeys={() => setDialog('keys')}
        onExport={() => downloadGraph(store.getState().history.present)}
        onImport={() => void importFile()}
      />
      {isNarrow && <div className={classes.note}>{t('narrow')}</div>}
      <div className={classes.work}>
        <div className={classes.over}>
          {saving.state === 'conflict' && (
            <ConflictBanner
              ruleSet={ruleSet}
              onCopied={() => (left.current = true)}
              onReload={async () => {
                const theirs = await api.get(`/api/rule-sets/${ruleSet.id}/draft`, draft);
                const graph = toGraph(theirs.graph);
                if (!graph) return;
                saving.saver.restart(theirs.revision);
                store.getState().load(graph, isNarrow);
              }}
            />
          )}
          <ProblemAlert problem={problem} />
          {fileProblem && (
            <Alert
              color="red"
              radius={0}
              withCloseButton
              closeButtonLabel={t('close')}
              onClose={() => setFileProblem(undefined)}
              title={t('bar.badFile')}
              style={{ whiteSpace: 'pre-line' }}
            >
              {fileProblem}
            </Alert>
          )}
        </div>
        {!isNarrow && <Palette onAdd={(type) => add(type)} />}
        <div className={classes.canvas}>
          <Canvas
            onQuickAdd={setRequest}
            onDropType={drop}
            onOpen={() => open('form')}
            tools={<LayerMenu layer={layer} onLayer={setLayer} />}
          />
          <LayerLegend layer={layer} onClose={() => setLayer(noLayer)} />
          {isEmpty && !isNarrow && <EmptyCanvas onStarted={() => requestAnimationFrame(() => void flow.fitView(fitOptions))} />}
        </div>
        {panel && !isNarrow && <div className={classes.panel}>{panel}</div>}
      </div>
      {isNarrow && (
        <Drawer
          opened={panel !== undefined}
          onClose={close}
          position="bottom"
          size="75%"
          withCloseButton={false}
          styles={drawerStyles}
          attributes={{ content: { 'aria-label': t('tab.label') } }}
        >
          {panel}
        </Drawer>
      )}
      {request && (
        <QuickAdd
          screen={request.screen}
          fromPort={request.from !== undefined}
          onClose={() => setRequest(undefined)}
          onChoose={(type) => {
            setRequest(undefined);
            add(type, request);
            document.querySelector<HTMLElement>('[data-canvas]')?.focus();
          }}
        />
      )}
      {chatTest && (
        <SaveChatDialog
          rules={rules}
          test={chatTest}
          isRecorded={isRecorded}
          directory={directory ?? emptyDirectory}
          onSave={(test) => {
            keepTest(test);
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
            keepTest(test);
            closeTest();
          }}
          onClose={closeTest}
        />
      )}
      {dialog === 'publish' && <Publish ruleSet={ruleSet} saver={saving.saver} onClose={() => setDialog(undefined)} onJump={jumpTo} />}
      {dialog === 'versions' && <Versions ruleSet={ruleSet} onClose={() => setDialog(undefined)} />}
      {dialog === 'keys' && <KeysHelp onClose={() => setDialog(undefined)} />}
      {blocker.state === 'blocked' && (
        <Confirm
          title={t('leave.title')}
          text={t('leave.text')}
          action={t('leave.do')}
          onConfirm={() => {
            blocker.proceed();
            return client.invalidateQueries({ queryKey: ['rule-sets'] });
          }}
          onClose={() => blocker.state === 'blocked' && blocker.reset()}
        />
      )}
    </div>
  );
}

const drawerStyles = { body: { padding: 0, height: '100%' }, content: { display: 'flex', flexDirection: 'column' } } as const;
