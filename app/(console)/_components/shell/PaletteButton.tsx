'use client';
import { Search } from 'lucide-react';
import { useContext } from 'react';
import { useIsApple } from '../../_lib/useIsApple';
import { Button } from '../ui/Button';
import { Kbd } from '../ui/Kbd';
import { ShellActions } from './ShellActions';

export function PaletteButton() {
  const { openPalette } = useContext(ShellActions);
  const isApple = useIsApple();
  return (
    <Button
      onClick={openPalette}
      className="w-full justify-start bg-canvas text-muted shadow-none"
      aria-keyshortcuts="Control+K Meta+K"
    >
      <Search aria-hidden />
      Search
      <Kbd className="ml-auto">{isApple ? '⌘ K' : 'Ctrl K'}</Kbd>
    </Button>
  );
}

export function PaletteIconButton() {
  const { openPalette } = useContext(ShellActions);
  return (
    <Button onClick={openPalette} variant="ghost" size="icon" aria-label="Search">
      <Search aria-hidden />
    </Button>
  );
}
