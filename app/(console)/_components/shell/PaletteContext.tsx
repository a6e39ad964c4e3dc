'use client';
import { Search } from 'lucide-react';
import { createContext, useContext } from 'react';
import { Button } from '../ui/Button';

/** Opens the command palette. */
export const PaletteContext = createContext<() => void>(() => {});

export function PaletteButton() {
  const open = useContext(PaletteContext);
  return (
    <Button
      onClick={open}
      className="w-full justify-start bg-canvas text-muted shadow-none"
      aria-keyshortcuts="Control+K Meta+K"
    >
      <Search aria-hidden />
      Search
      <kbd className="ml-auto rounded border bg-surface px-1.5 font-mono text-[11px]">Ctrl K</kbd>
    </Button>
  );
}

export function PaletteIconButton() {
  const open = useContext(PaletteContext);
  return (
    <Button onClick={open} variant="ghost" size="icon" aria-label="Search">
      <Search aria-hidden />
    </Button>
  );
}
