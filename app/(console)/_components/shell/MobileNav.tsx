'use client';
import { Menu as MenuIcon, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { AccountMenu, type ShellUser } from './AccountMenu';
import { Logo } from './Logo';
import { NavLinks } from './NavLinks';

export function MobileNav({ user }: { user: ShellUser }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label="Open menu" className="lg:hidden">
          <MenuIcon aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fade-in fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-5 overflow-y-auto border-r bg-surface p-4 shadow-float"
        >
          <div className="flex items-center gap-2.5 px-1">
            <Logo className="size-7" />
            <Dialog.Title className="flex-1 text-[15px] font-semibold">Kith</Dialog.Title>
            <Dialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close menu">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <NavLinks role={user.role} onNavigate={() => setOpen(false)} />
          <div className="mt-auto border-t pt-3">
            <AccountMenu user={user} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
