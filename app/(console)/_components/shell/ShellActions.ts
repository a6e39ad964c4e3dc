'use client';
import { createContext } from 'react';

/** What the frame around every page can be asked for. */
export const ShellActions = createContext<{ openPalette: () => void; openKeyboardHelp: () => void }>({
  openPalette() {},
  openKeyboardHelp() {},
});
