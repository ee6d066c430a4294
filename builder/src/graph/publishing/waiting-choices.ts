import type { SettleWaiting, Waiting, WaitingChoice, WaitingGroup } from '../../../../api/publishing.js';

/** What was chosen for those who wait, by the group's key; who is not in it finishes on the old version. */
export type WaitingChoices = ReadonlyMap<string, WaitingChoice>;

export function groupKey({ version, node }: Pick<WaitingGroup, 'version' | 'node'>): string {
  return `${version} ${node}`;
}

/** What can be chosen for a group: to move only where the draft has the same kind of step. */
export function choicesFor({ state }: WaitingGroup): WaitingChoice[] {
  return state === 'same' || state === 'changed' ? ['finish', 'move', 'hand-over'] : ['finish', 'hand-over'];
}

/** Those whom the change touches first, the fullest groups of each first. */
export function inOrderOfConcern(groups: readonly WaitingGroup[]): WaitingGroup[] {
  const isTouched = ({ state }: WaitingGroup) => (state === 'same' ? 1 : 0);
  return [...groups].sort((a, b) => isTouched(a) - isTouched(b) || b.conversations - a.conversations || b.version - a.version);
}

/** What a publish says of the choices; a choice for a group that is not there any more, or that it may not have, is left out. */
export function toSettle({ groups }: Pick<Waiting, 'groups'>, choices: WaitingChoices): SettleWaiting[] {
  return groups.flatMap((group) => {
    const choice = choices.get(groupKey(group)) ?? 'finish';
    return choice === 'finish' || !choicesFor(group).includes(choice) ? [] : [{ version: group.version, node: group.node, choice }];
  });
}
