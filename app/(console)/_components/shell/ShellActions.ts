'use client';
import { createContext } from 'react';

/** Actions of the frame around every page. */
export const ShellActions = createContext<{ openPalette: () => void; openKeyboardHelp: () => void }>({
  openPalette() {},
  openKeyboardHelp() {},
});
