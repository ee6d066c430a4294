import type { ComponentType } from 'react';
import { HoursStrip } from './hours-strip.js';

export interface OverviewProps {
  /** `field` names what was changed. */
  onChange: (settings: Record<string, unknown>, field: string) => void;
}

/** What a form shows above its fields, by the name that the settings' schema gives it (`FormMeta` of the rules). */
export const overviews: Readonly<Record<string, ComponentType<OverviewProps>>> = { hours: HoursStrip };
