'use client';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { Input } from './Input';

interface SearchInputProps {
  label: string;
  placeholder: string;
  value: string;
  /** Called a moment after the last key. */
  onSearch: (text: string) => void;
}

export function SearchInput({ label, placeholder, value, onSearch }: SearchInputProps) {
  const [text, setText] = useState(value);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <div className="relative min-w-52 flex-1">
      <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" aria-hidden />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="pl-9"
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(typing.current);
          typing.current = setTimeout(() => onSearch(next), 250);
        }}
      />
    </div>
  );
}
