import { useMediaQuery } from '@mantine/hooks';

/** Whether the window is too small to draw in: the canvas then reads and publishes. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 56.24em)', false, { getInitialValueInEffect: false });
}
