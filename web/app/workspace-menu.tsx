import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { initialsOf } from '../ui/initials.ts'
import { Menu, MenuItem, MenuSection } from '../ui/menu.tsx'
import { useRoleNames } from './role-names.ts'
import css from './shell.module.css'

/** The workspace's badge; opens the list of the person's workspaces. */
export function WorkspaceMenu() {
  const { t } = useLingui()
  const workspace = useWorkspace()
  const { name } = workspace
  const roleNames = useRoleNames()
  const [isOpen, setOpen] = useState(false)
  const workspaces = useQuery({ ...api.workspaces.list.queryOptions(), enabled: isOpen })
  const items = workspaces.data?.items ?? [{ id: workspace.id, name: workspace.name, role: workspace.me.role }]
  return (
    <Menu
      label={t`Workspaces`}
      placement="end top"
      isOpen={isOpen}
      onOpenChange={setOpen}
      // A fresh page for another workspace: nothing of one can show in the other.
      onAction={(key) => Number(key) !== workspace.id && location.assign(`/w/${key}/inbox`)}
      trigger={
        <Button className={css.workspace ?? ''}>
          <span aria-hidden="true">{initialsOf(name) || '·'}</span>
          <span className="visually-hidden">{t`Workspace: ${name}`}</span>
        </Button>
      }
    >
      <MenuSection
        title={t`Workspaces`}
        selectionMode="single"
        selectedKeys={[workspace.id]}
        onSelectionChange={() => {}}
      >
        {items.map((one) => (
          <MenuItem key={one.id} id={one.id} textValue={one.name} note={roleNames[one.role]}>
            {one.name}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  )
}
