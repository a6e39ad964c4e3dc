'use client';
import { MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { Menu, MenuContent, MenuTrigger } from './Menu';

interface ActionMenuProps {
  /** Accessible name, with the object of the actions. */
  label?: string;
  /** Without a border, for rows of a table. */
  quiet?: boolean;
  /** `MenuItem`s. */
  children: ReactNode;
}

/** A menu of less frequent actions, behind three dots. */
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
