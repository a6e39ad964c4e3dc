'use client';
import { MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { Menu, MenuContent, MenuTrigger } from './Menu';

interface ActionMenuProps {
  /** What it does it to, for those who do not see where it stands. */
  label?: string;
  /** In a row of a table, where many stand below each other. */
  quiet?: boolean;
  /** `MenuItem`s. */
  children: ReactNode;
}

/** The rarer actions of a page or a row, behind three dots. */
export function ActionMenu({ label = 'More actions', quiet = false, children }: ActionMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant={quiet ? 'ghost' : 'secondary'} size="icon" aria-label={label}>
          <MoreHorizontal aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>{children}</MenuContent>
    </Menu>
  );
}
