'use client';
import { ChevronsUpDown, Keyboard, LogOut, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useContext } from 'react';
import type { Role } from '@/lib/shared/contract/permissions';
import { signOut } from '../../_lib/signOut';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '../ui/Menu';
import { ShellActions } from './ShellActions';
import { ThemeItems } from './ThemeItems';

export interface ShellUser {
  email: string;
  name: string | null;
  role: Role;
}

export function AccountMenu({ user }: { user: ShellUser }) {
  const router = useRouter();
  const { openKeyboardHelp } = useContext(ShellActions);
  const shown = user.name ?? user.email;
  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2.5 rounded-lg p-2 text-left hover:bg-sunken">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[13px] font-semibold text-accent">
          {shown.slice(0, 1).toUpperCase()}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[13px] font-medium">{shown}</span>
          <span className="block truncate text-xs text-muted capitalize">{user.role}</span>
        </span>
        <ChevronsUpDown className="size-4 text-muted" aria-hidden />
      </MenuTrigger>
      <MenuContent align="start" className="w-56">
        <MenuItem onSelect={() => router.push('/account')}>
          <UserRound aria-hidden />
          Your account
        </MenuItem>
        {/* Devices with a narrow screen rarely have a keyboard. */}
        <MenuItem className="max-lg:hidden" onSelect={openKeyboardHelp}>
          <Keyboard aria-hidden />
          Keyboard shortcuts
        </MenuItem>
        <MenuSeparator />
        <ThemeItems />
        <MenuSeparator />
        <MenuItem onSelect={() => void signOut()}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
