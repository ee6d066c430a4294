import type { ReactNode } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';

interface CanvasToolProps {
  label: string;
  /** Without its key; the label where there is none. */
  name?: string;
  run: () => void;
  pressed?: boolean;
  children: ReactNode;
}

/** A button on the canvas: an icon whose name is shown when the pointer rests on it. */
export function CanvasTool({ label, name = label, run, pressed, children }: CanvasToolProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? undefined : 'gray'}
        onClick={run}
        aria-label={name}
        aria-pressed={pressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
