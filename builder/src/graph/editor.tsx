import { useCallback, useEffect, useRef, useState } from 'react';
import { Alert, Drawer } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useSearchParams } from 'react-router';
import type { RuleSet } from '../../../api/rule-sets.js';
import type { GraphTest, RuleGraph } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { can, useMe } from '../session.js';
import { Confirm } from '../ui/confirm.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { CanvasMenu, menuAtSelection, type MenuRequest } from './canvas-menu.js';
import { Canvas, type StepRequest } from './canvas.js';
import { cardOf } from './card-view.js';
import { CommandPalette } from './finding/command-palette.js';
import type { Place } from './commands.js';
import { EditorBar } from './editor-bar.js';
import { EmptyCanvas } from './empty-canvas.js';
import { DrawingTools } from './drawing-tools.js';
import { FindBar } from './finding/find-bar.js';
import { edgeId, fitOptions } from './flow-view.js';
import { emptyDirectory } from './form/widget.js';
import { chooseFile, downloadGraph, readGraphFile } from './graph-file.js';
import { useGraph, useGraphStore, useSettledGraph } from './graph-store.js';
import { KeysHelp } from './keys-help.js';
import { useLayerStore } from './layers.js';
import { ConflictBanner } from './merge/conflict-banner.js';
import { JoinedNotice } from './merge/joined-notice.js';
import { Palette } from './palette.js';
import { PasteText } from './copying/paste-text.js';
import { Problems } from './problems.js';
import { CoverageList } from './proving/coverage-list.js';
import { noLayer } from './proving/layer-choice.js';
import { LayerLegend } from './proving/layer-legend.js';
import { LayerMenu } from './proving/layer-menu.js';
import { addTest } from './proving/test-commands.js';
import { TestDialogs } from './proving/test-dialogs.js';
import { TestsPanel } from './proving/tests-panel.js';
import { toChatTest } from './proving/to-chat-test.js';
import { TryIt } from './proving/try-it.js';
import { useChatRules } from './proving/use-chat-rules.js';
import { useLayer } from './proving/use-layer.js';
import { useTests } from './proving/use-tests.js';
import { useTrying } from './proving/use-trying.js';
import { Publish } from './publish.js';
import { QuickAdd } from './quick-add.js';
import { focusPanel, type PanelPart } from './panel-focus.js';
import { InsertRecipeDialog } from './recipes/insert-recipe-dialog.js';
import { refusalText } from './refusal-text.js';
import { StepPanel } from './seeing/step-panel.js';
import { useIdleSteps } from './seeing/use-idle-steps.js';
import { useKeptLayer } from './seeing/use-kept-layer.js';
import { SelectionBar } from './selection-bar.js';
import { SidePanel, type PanelTab } from './side-panel.js';
import { StepList } from './step-list.js';
import { useAddStep } from './use-add-step.js';
import { useChecks } from './use-checks.js';
import { useDirectory } from './use-directory.js';
import { useDraft } from './saving/use-draft.js';
import { ownKeys, useEditorCommands } from './use-editor-commands.js';
import { useFind } from './finding/use-find.js';
import { useJumpFromAddress } from './use-jump-from-address.js';
import { useJump } from './use-jump.js';
import { useClipboard, useKeys } from './use-keys.js';
import { Versions } from './versions.js';
import classes from './editor.module.css';

const tabs: readonly PanelTab[] = ['step', 'try', 'tests', 'problems', 'steps'];

interface EditorProps {
  ruleSet: RuleSet;
  /** The draft as it was read. */
  saved: { graph: RuleGraph; revision: number };
  isNarrow: boolean;
}

/** The draft under edit: canvas, palette, panels, saving, publishing. */
export function Editor({ ruleSet, saved, isNarrow }: EditorProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const canPublish = can(useMe().role, 'manage');
  const client = useQueryClient();
  const store = useGraphStore();
  const layers = useLayerStore();
  const flow = useReactFlow();
  const isEmpty = useGraph(({ history: { present } }) => present.nodes.length === 0 && !present.notes && !present.groups);
  const hasSelection = useSettledGraph((state) => state.selection.nodes.size === 1);
  const readOnly = useGraph((state) => state.readOnly);
  const [query] = useSearchParams();
  // The address may name a recorded run, which is shown in the chat.
  const [tab, setTab] = useState<PanelTab | undefined>(query.has('try') ? 'try' : undefined);
  const [dialog, setDialog] = useState<'publish' | 'versions' | 'keys' | 'recipe'>();
  const [palette, setPalette] = useState<{ query?: string }>();
  const [menu, setMenu] = useState<MenuRequest & { place: Place }>();
  const [pasteAt, setPasteAt] = useState<Place>();
  const [request, setRequest] = useState<StepRequest>();
  const [layer, setLayer] = useKeptLayer();
  const [showsFigures, setFigures] = useState(false);
  const [chatTest, setChatTest] = useState<GraphTest>();
  const [refused, setRefused] = useState<{ title: string; text: string }>();
  const left = useRef(false);
  const saving = useDraft(ruleSet.id, store, saved);
  const directory = useDirectory();
  useChecks(store, layers, directory, saving.problems);
  useIdleSteps(ruleSet, layers);
  const { add, drop, middle } = useAddStep();
  const jump = useJump();
  const find = useFind(jump);
  useJumpFromAddress(jump);
  useClipboard({
    placeToPaste: middle,
    onRefusal: (refusal) => setRefused({ title: t('drawing.noPiece'), text: refusalText(refusal, t) }),
  });
  // What was refused is over once something else was done.
  useEffect(() => store.subscribe((now, before) => now.history.present !== before.history.present && setRefused(undefined)), [store]);
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
    setFigures(false);
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
  // A selected step shows its settings, unless another panel is in use: then the selection is part of what is done there. Several have their bar.
  const shownTab = tab ?? (hasSelection && !isNarrow ? 'step' : undefined);
  useLayer(ruleSet, { layer, tests, showsPassed: shownTab === 'tests' });
  const close = () => {
    setTab(undefined);
    store.getState().select({});
  };
  const isRecorded = trying.chat.given !== undefined;
  const failedTests = (tests.played?.results ?? []).filter(({ passed }) => !passed).length;
  const importFile = async () => {
    const file = await chooseFile('.json,application/json');
    if (!file) return;
    const read = await readGraphFile(file, language, t('bar.notJson'));
    if ('problem' in read) return setRefused({ title: t('bar.badFile'), text: read.problem });
    store.getState().commit((graph) => ({ ...read.graph, name: graph.name }));
    requestAnimationFrame(() => void flow.fitView(fitOptions));
  };

  const focusOn = (tab: PanelTab, field: string) => () => {
    setTab(tab);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(field)?.focus());
  };
  const commandsNow = useEditorCommands({
    open,
    close: () => (find.find ? find.close() : close()),
    jump,
    middle,
    quickAdd: (place) => {
      const { edges, nodes } = store.getState().selection;
      const wire = nodes.size === 0 && edges.length === 1 && edges[0] ? edgeId(edges[0]) : undefined;
      setRequest({ place, wire, screen: menu?.screen });
    },
    onUnclear: (id) => {
      const { nodes, timezone } = store.getState().history.present;
      const node = nodes.find((one) => one.id === id);
      const name = node ? cardOf(node, language, timezone).title : id;
      setRefused({ title: t('drawing.unclearTitle'), text: t('drawing.unclear', { name }) });
    },
    plain: {
      palette: () => setPalette({}),
      menu: () => setMenu(menuAtSelection(middle)),
      find: find.open,
      ...(find.go && { 'find-next': () => find.go?.(1), 'find-previous': () => find.go?.(-1) }),
      steps: focusOn('steps', '[data-steps] input'),
      problems: () => setTab('problems'),
      try: focusOn('try', '[data-try-it] textarea'),
      tests: () => setTab('tests'),
      counts: () => setLayer(layer.kind === 'counts' ? noLayer : { kind: 'counts', days: 1 }),
      help: () => setDialog('keys'),
      versions: () => setDialog('versions'),
      export: () => downloadGraph(store.getState().history.present),
      save: () => void saving.saver.flush(),
      ...(!readOnly && {
        recipe: () => setDialog('recipe'),
        import: () => void importFile(),
        'paste-text': () => setPasteAt(menu?.place ?? middle()),
      }),
      ...(canPublish && saving.state !== 'conflict' && { publish: () => setDialog('publish') }),
    },
  });
  useKeys((command) => {
    const run = commandsNow()[command];
    run?.();
    return run !== undefined || ownKeys.has(command);
  });

  const panel = shownTab && (
    <SidePanel tab={shownTab} tabs={tabs} failedTests={failedTests} onTab={setTab} onClose={close}>
      {shownTab === 'step' && (
        <StepPanel ruleSet={ruleSet} directory={directory ?? emptyDirectory} showsFigures={showsFigures} onFigures={setFigures} />
      )}
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
          <CoverageList ruleSetId={ruleSet.id} layer={layer} onLayer={setLayer} onJump={jump} />
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
        onCommands={() => setPalette({})}
        onExport={() => downloadGraph(store.getState().history.present)}
        onImport={() => void importFile()}
      />
      {isNarrow && <div className={classes.note}>{t('narrow')}</div>}
      <div className={classes.work}>
        <div className={classes.over}>
          {saving.state === 'conflict' && <ConflictBanner ruleSet={ruleSet} saving={saving} onCopied={() => (left.current = true)} />}
          <JoinedNotice joined={saving.joined} />
          <ProblemAlert problem={problem} />
          {refused && (
            <Alert
              color="red"
              radius={0}
              withCloseButton
              closeButtonLabel={t('close')}
              onClose={() => setRefused(undefined)}
              title={refused.title}
              style={{ whiteSpace: 'pre-line' }}
            >
              {refused.text}
            </Alert>
          )}
        </div>
        {!isNarrow && <Palette onAdd={(type) => add(type)} onRecipes={readOnly ? undefined : () => setDialog('recipe')} />}
        <div className={classes.canvas}>
          <Canvas
            onQuickAdd={setRequest}
            onDropType={drop}
            onOpen={() => open('form')}
            onMenu={setMenu}
            tools={
              <>
                <DrawingTools commandsNow={commandsNow} />
                <LayerMenu layer={layer} onLayer={setLayer} />
              </>
            }
          >
            <SelectionBar commandsNow={commandsNow} />
            {find.find && (
              <FindBar
                ruleSetId={ruleSet.id}
                state={find.find}
                onChange={find.change}
                onGo={(by) => find.go?.(by)}
                onEverywhere={(query) => setPalette({ query })}
                onClose={() => {
                  find.close();
                  document.querySelector<HTMLElement>('[data-canvas]')?.focus();
                }}
              />
            )}
          </Canvas>
          {menu && <CanvasMenu request={menu} commands={commandsNow(menu.place)} onClose={() => setMenu(undefined)} />}
          <LayerLegend ruleSetId={ruleSet.id} layer={layer} onClose={() => setLayer(noLayer)} />
          {isEmpty && !readOnly && (
            <EmptyCanvas
              onStarted={() => requestAnimationFrame(() => void flow.fitView(fitOptions))}
              onRecipes={() => setDialog('recipe')}
            />
          )}
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
            if (request.wire) drop(type, request.place ?? middle(), request.wire);
            else add(type, request);
            document.querySelector<HTMLElement>('[data-canvas]')?.focus();
          }}
        />
      )}
      {palette && (
        <CommandPalette
          ruleSetId={ruleSet.id}
          commands={commandsNow()}
          query={palette.query}
          onJump={jump}
          onClose={() => setPalette(undefined)}
        />
      )}
      {pasteAt && <PasteText place={pasteAt} onClose={() => setPasteAt(undefined)} />}
      <TestDialogs
        rules={rules}
        directory={directory ?? emptyDirectory}
        chatTest={chatTest}
        isRecorded={isRecorded}
        toTest={toTest}
        onSave={(test) => {
          store.getState().commit(addTest(test));
          setTab('tests');
        }}
        onCloseChat={() => setChatTest(undefined)}
        onCloseRun={closeTest}
      />
      {dialog === 'publish' && <Publish ruleSet={ruleSet} saver={saving.saver} onClose={() => setDialog(undefined)} onJump={jumpTo} />}
      {dialog === 'versions' && <Versions ruleSet={ruleSet} onClose={() => setDialog(undefined)} />}
      {dialog === 'recipe' && <InsertRecipeDialog directory={directory} onClose={() => setDialog(undefined)} />}
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
