import type { ReactNode } from 'react';
import { AccountMenu, type ShellUser } from './AccountMenu';
import { CommandPalette } from './CommandPalette';
import { Logo } from './Logo';
import { MobileNav } from './MobileNav';
import { NavLinks } from './NavLinks';
import { PaletteButton, PaletteIconButton } from './PaletteButton';

export function Shell({ user, children }: { user: ShellUser; children: ReactNode }) {
  return (
    <CommandPalette role={user.role}>
      <div className="lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
        <a
          href="#main"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-accent px-3 py-2 text-sm text-on-accent focus:translate-y-0"
        >
          Skip to the content
        </a>
        <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-r bg-surface p-4 lg:flex">
          <div className="flex items-center gap-2.5 px-1.5 pt-1">
            <Logo className="size-7" />
            <span className="text-[15px] font-semibold tracking-tight">Kith</span>
          </div>
          <PaletteButton />
          {/* On a low screen the links scroll, and the account stays in sight. */}
          <div className="-mx-4 min-h-0 flex-1 overflow-y-auto px-4">
            <NavLinks role={user.role} />
          </div>
          <div className="-mx-1 border-t pt-3">
            <AccountMenu user={user} />
          </div>
        </aside>
        <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-surface/90 px-3 backdrop-blur lg:hidden">
          <MobileNav user={user} />
          <Logo className="size-6" />
          <span className="flex-1 text-[15px] font-semibold tracking-tight">Kith</span>
          <PaletteIconButton />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8"
        >
          {children}
        </main>
      </div>
    </CommandPalette>
  );
}
