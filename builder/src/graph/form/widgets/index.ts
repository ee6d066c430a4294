import type { ComponentType } from 'react';
import type { WidgetProps } from '../widget.js';
import { AttachmentsWidget } from './attachments.js';
import { CasesWidget } from './cases.js';
import { ConditionWidget } from './condition.js';
import { CronWidget } from './cron.js';
import { ExpressionWidget } from './expression.js';
import { FieldWidget } from './field.js';
import { HeadersWidget } from './headers.js';
import { ChannelsWidget, PipelineWidget, RecipientsWidget, StageWidget, UsersWidget, UserWidget } from './names.js';
import { ObjectWidget } from './object.js';
import { PartsWidget } from './parts.js';
import { PerWidget } from './per.js';
import { BooleanWidget, ChoicesWidget, LinesWidget, NumberWidget, RadioWidget, SelectWidget, TextWidget } from './plain.js';
import { RoutesWidget } from './routes.js';
import { TagsWidget } from './tags.js';
import { TemplateWidget } from './template.js';
import { ClockWidget, DatesWidget, DurationWidget, IntervalsWidget, WeekdaysWidget, ZoneWidget } from './times.js';
import { WordsWidget } from './words.js';

/** The kinds of input by name: what settings name in `widget`, and below it what their schema alone asks for. */
export const widgets: Readonly<Record<string, ComponentType<WidgetProps>>> = {
  attachments: AttachmentsWidget,
  cases: CasesWidget,
  channels: ChannelsWidget,
  clock: ClockWidget,
  condition: ConditionWidget,
  cron: CronWidget,
  dates: DatesWidget,
  duration: DurationWidget,
  expression: ExpressionWidget,
  field: FieldWidget,
  headers: HeadersWidget,
  intervals: IntervalsWidget,
  lines: LinesWidget,
  parts: PartsWidget,
  per: PerWidget,
  pipeline: PipelineWidget,
  recipients: RecipientsWidget,
  routes: RoutesWidget,
  stage: StageWidget,
  tags: TagsWidget,
  template: TemplateWidget,
  user: UserWidget,
  users: UsersWidget,
  weekdays: WeekdaysWidget,
  words: WordsWidget,
  zone: ZoneWidget,

  boolean: BooleanWidget,
  choices: ChoicesWidget,
  number: NumberWidget,
  object: ObjectWidget,
  radio: RadioWidget,
  select: SelectWidget,
  text: TextWidget,
};
