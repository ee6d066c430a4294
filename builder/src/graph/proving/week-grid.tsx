import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n.js';
import { letterOf } from './week-letters.js';
import classes from './proving.module.css';

interface WeekGridProps {
  label: string;
  /** YYYY-MM-DD of its first day. */
  monday: string;
  /** Seven days of 24 hours; `outcome` is the place in a list that the letters and colours stand for. */
  cells: readonly (readonly { at: string; outcome: number }[])[];
  /** What becomes of a message at that hour, in words. */
  wordsOf: (outcome: number) => string;
  /** Which of the six colours an outcome has; absent: the next one each. */
  tintOf?: (outcome: number) => number;
  /** The instant that is chosen, to the hour. */
  current?: string;
  /** Fills a page rather than a panel. */
  isLarge?: boolean;
  onChoose: (at: string, outcome: number, time: string) => void;
}

/** A week as a strip of hours, in letters and colours; arrows go from hour to hour. */
export function WeekGrid({
  label,
  monday,
  cells,
  wordsOf,
  tintOf = (outcome) => outcome % 6,
  current,
  isLarge = false,
  onChoose,
}: WeekGridProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [focus, setFocus] = useState<[day: number, hour: number]>([0, 0]);
  const grid = useRef<HTMLDivElement>(null);
  const days = [...Array(7).keys()].map((day) =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${monday}T00:00:00Z`) + day * 86_400_000),
  );
  const move = (press: KeyboardEvent) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[press.code];
    if (!step) return;
    press.preventDefault();
    press.stopPropagation();
    const day = Math.min(6, Math.max(0, focus[0] + (step[0] ?? 0)));
    const hour = Math.min(23, Math.max(0, focus[1] + (step[1] ?? 0)));
    setFocus([day, hour]);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${day} ${hour}"]`)?.focus();
  };
  return (
    <div
      className={isLarge ? `${classes.week} ${classes.weekLarge}` : classes.week}
      ref={grid}
      role="grid"
      aria-label={label}
      aria-description={t('answers.arrows')}
      tabIndex={-1}
      onKeyDown={move}
    >
      {/* Every cell says its day and hour itself. */}
      <div aria-hidden style={{ display: 'contents' }}>
        <span />
        {[...Array(24).keys()].map((hour) => (
          <span key={hour} className={classes.weekHour}>
            {hour % 6 === 0 ? `${hour}:00` : ''}
          </span>
        ))}
      </div>
      {cells.map((row, day) => (
        <div role="row" key={days[day]} style={{ display: 'contents' }}>
          <span role="rowheader" className={classes.weekDay}>
            {days[day]}
          </span>
          {row.map(({ at, outcome }, hour) => {
            const time = `${days[day]} ${String(hour).padStart(2, '0')}:00`;
            const words = `${time} · ${wordsOf(outcome)}`;
            return (
              <div role="gridcell" key={at} style={{ display: 'contents' }}>
                <button
                  type="button"
                  data-cell={`${day} ${hour}`}
                  className={`${classes.weekCell} ${classes[`tint${tintOf(outcome)}`]}`}
                  tabIndex={focus[0] === day && focus[1] === hour ? 0 : -1}
                  title={words}
                  aria-label={words}
                  aria-current={at.slice(0, 13) === current?.slice(0, 13)}
                  onClick={() => {
                    setFocus([day, hour]);
                    onChoose(at, outcome, time);
                  }}
                >
                  {letterOf(outcome)}
                </button>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
