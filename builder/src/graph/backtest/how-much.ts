/**
 * How much comes to something else, in words: in so many conversations, so many times by schedule.
 * @param name of the texts: `NAME` for conversations and `NAMEBySchedule`
 * @returns undefined where nothing does
 */
export function howMuch(
  { conversations, bySchedule }: { conversations: number; bySchedule: number },
  name: 'backtest.changes' | 'trial.differs',
  t: (key: string, values: { count: number }) => string,
): string | undefined {
  const parts = [
    ...(conversations > 0 ? [t(name, { count: conversations })] : []),
    ...(bySchedule > 0 ? [t(`${name}BySchedule`, { count: bySchedule })] : []),
  ];
  return parts.length > 0 ? parts.join('. ') : undefined;
}
