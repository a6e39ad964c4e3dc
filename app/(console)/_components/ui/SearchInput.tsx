'use client';
import { LoaderCircle, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { cn } from './cn';
import { Input } from './Input';

interface SearchInputProps {
  label: string;
  placeholder: string;
  value: string;
  /** Whether results are loading. */
  pending?: boolean;
  /** Called shortly after the last key. */
  onSearch: (text: string) => void;
}

export function SearchInput({ label, placeholder, value, pending, onSearch }: SearchInputProps) {
  const [text, setText] = useState(value);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const Icon = pending ? LoaderCircle : Search;
  return (
    <div className="relative min-w-44 flex-1" aria-busy={pending}>
      <Icon
        className={cn(
          'pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted',
          pending && 'animate-spin',
        )}
        aria-hidden
      />
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
