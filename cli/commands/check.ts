import { checkTogether, nodeTypes, type AccountDirectory } from '../../rules/index.js';
import { checkFile, doubledNames, findingLine, type CheckedFile } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readAccount } from '../read-account.js';
import { readArguments } from '../read-arguments.js';

/** `check GRAPH...`: prints what is wrong or surprising, one finding a line; exit code 1 when one of them is an error. */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, { account: { type: 'string' }, json: { type: 'boolean' } }, { atLeast: 1 });
  const account = values.account === undefined ? undefined : await readAccount(values.account);
  const files: CheckedFile[] = [];
  for (const file of positionals) files.push(await checkFile(file, account));
  const findings = [...files, ...doubledNames(files), ...together(files, account)].flatMap(({ file, findings }) =>
    findings.map((found) => ({ file, found })),
  );

  const printer = new Printer();
  if (values.json) await printer.line(JSON.stringify(findings.map(({ file, found }) => ({ file, ...found }))));
  else for (const { file, found } of findings) await printer.line(say(findingLine(file, found)));
  await printer.flush();
  return findings.some(({ found }) => found.severity === 'error') ? 1 : 0;
};

/** What the files say together; those with errors of their own cannot be run, so they are left out. */
function together(files: readonly CheckedFile[], account: AccountDirectory | undefined): CheckedFile[] {
  const sound = files.flatMap(({ file, graph, findings }) =>
    graph && !findings.some(({ severity }) => severity === 'error') ? [{ file, graph }] : [],
  );
  const graphs = sound.map(({ graph }) => graph);
  // People read the message in the text; programs read it as an event that can be played.
  return checkTogether(graphs, nodeTypes, account).map(({ index, finding, witness }) => ({
    file: sound[index]?.file ?? '',
    findings: [witness ? { ...finding, witness } : finding],
  }));
}
