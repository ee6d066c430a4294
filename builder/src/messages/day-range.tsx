import '@mantine/dates/styles.css';
import 'dayjs/locale/ru.js';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useLanguage } from '../i18n.js';

/** Two days of a calendar; told as `2026-11-01..2026-11-20` when both are chosen. */
export default function DayRange({ label, days, onChange }: { label: string; days: [string, string]; onChange: (period: string) => void }) {
  const language = useLanguage();
  const [chosen, setChosen] = useState<[string | null, string | null]>(days);
  return (
    <DatePickerInput
      type="range"
      aria-label={label}
      locale={language}
      firstDayOfWeek={1}
      valueFormat="DD.MM.YYYY"
      allowSingleDateInRange
      w={220}
      value={chosen}
      onChange={(range) => {
        const [first, last] = range.map((day) => (day ? day.slice(0, 10) : null));
        setChosen([first ?? null, last ?? null]);
        if (first && last) onChange(`${first}..${last}`);
      }}
    />
  );
}
