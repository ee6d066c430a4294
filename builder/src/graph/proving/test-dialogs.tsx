import type { Directory } from '../../../../api/rule-sets.js';
import type { GraphTest } from '../../../../rules/index.js';
import { RunTestDialog } from './run-test-dialog.js';
import { SaveChatDialog } from './save-chat-dialog.js';

type SaveChat = Parameters<typeof SaveChatDialog>[0];
type RunTest = Parameters<typeof RunTestDialog>[0];

interface TestDialogsProps {
  rules: SaveChat['rules'];
  directory: Directory;
  /** A chat that is to become a test. */
  chatTest: GraphTest | undefined;
  /** A recorded run that is to become one. */
  toTest: RunTest['recorded'] | undefined;
  onSave: (test: GraphTest) => void;
  onCloseChat: () => void;
  onCloseRun: () => void;
}

/** What is looked over before it becomes a test of the graph: a chat, or a message that came. */
export function TestDialogs({ rules, directory, chatTest, toTest, onSave, onCloseChat, onCloseRun }: TestDialogsProps) {
  const saveAnd = (close: () => void) => (test: GraphTest) => {
    onSave(test);
    close();
  };
  return (
    <>
      {chatTest && (
        <SaveChatDialog rules={rules} test={chatTest} directory={directory} onSave={saveAnd(onCloseChat)} onClose={onCloseChat} />
      )}
      {toTest && <RunTestDialog key={toTest.run.id} recorded={toTest} rules={rules} onSave={saveAnd(onCloseRun)} onClose={onCloseRun} />}
    </>
  );
}
