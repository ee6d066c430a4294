import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { parseClock } from '../duration.js';

interface ClockInputProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  size?: 'xs' | 'sm';
}

/**
 * A clock time, always of 24 hours whatever the browser's own fields do in English. What is typed is read when the field is left:
 * «9», «930» and «9.30» are times too.
 */
export function ClockInput({ value, onChange, label, placeholder = '22:00', size }: ClockInputProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      w={size === 'xs' ? 72 : 84}
      size={size}
      aria-label={label}
      placeholder={placeholder}
      inputMode="numeric"
      maxLength={5}
      value={typed ?? value}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        if (next === '' || /^\d\d:\d\d$/.test(next)) onChange(next);
      }}
      onBlur={() => {
        if (typed !== undefined && typed !== value) onChange(parseClock(typed) ?? typed);
        setTyped(undefined);
      }}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
