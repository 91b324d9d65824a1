import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import {
  CircleUserRound,
  House,
  Inbox,
  Keyboard,
  LogOut,
  MailX,
  Moon,
  Search,
  Settings,
  Sun,
  Undo2,
  Users,
  Workflow,
} from 'lucide-react'
import { useCan, useWorkspace } from '../api/me.ts'
import { undoNewest } from '../ui/undo.ts'
import { useCommands } from './commands.ts'
import { openOverlay } from './overlay-state.ts'
import { signOut } from './session.ts'
import { chooseTheme } from './theme.ts'

/** The commands that hold on every screen. */
export function useGlobalCommands(): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const mayBrowse = useCan('contacts.browse')
  const mayAutomate = useCan('workflows.manage')
  const maySeeHome = useCan('dashboard.view')
  const params = { workspace }
  const go = t`Go to`
  const more = t`More`
  // The palette shows the newest group first, so what is least wanted stands first here.
  useCommands([
    {
      id: 'palette',
      title: t`Search and commands`,
      group: more,
      keys: 'mod+k',
      icon: Search,
      whileTyping: true,
      onlyKey: true,
      run: () => openOverlay('palette'),
    },
    {
      id: 'undo',
      title: t`Undo the last change`,
      group: more,
      keys: 'mod+z',
      icon: Undo2,
      run: () => void undoNewest(),
    },
    {
      id: 'keys',
      title: t`Keyboard shortcuts`,
      group: more,
      keys: '?',
      icon: Keyboard,
      run: () => openOverlay('keys'),
    },
    { id: 'light', title: t`Light theme`, group: more, icon: Sun, run: () => chooseTheme('light') },
    { id: 'dark', title: t`Dark theme`, group: more, icon: Moon, run: () => chooseTheme('dark') },
    { id: 'sign-out', title: t`Sign out`, group: more, icon: LogOut, run: () => void signOut() },
    ...(maySeeHome
      ? [
          {
            id: 'go-home',
            title: t`Home`,
            group: go,
            keys: 'g h',
            icon: House,
            run: () => void navigate({ to: '/w/$workspace/home', params }),
          },
        ]
      : []),
    ...(mayAutomate
      ? [
          {
            id: 'go-workflows',
            title: t`Workflows`,
            group: go,
            keys: 'g w',
            icon: Workflow,
            run: () => void navigate({ to: '/w/$workspace/workflows', params }),
          },
        ]
      : []),
    {
      id: 'go-inbox',
      title: t`Inbox`,
      group: go,
      keys: 'g i',
      icon: Inbox,
      run: () => void navigate({ to: '/w/$workspace/inbox/{-$contactId}', params }),
    },
    ...(mayBrowse
      ? [
          {
            id: 'go-contacts',
            title: t`Contacts`,
            group: go,
            keys: 'g c',
            icon: Users,
            run: () => void navigate({ to: '/w/$workspace/contacts/{-$contactId}', params }),
          },
        ]
      : []),
    {
      id: 'go-settings',
      title: t`Settings`,
      group: go,
      keys: 'g s',
      icon: Settings,
      run: () => void navigate({ to: '/w/$workspace/settings', params }),
    },
    {
      id: 'go-undelivered',
      title: t`Undelivered messages`,
      group: go,
      icon: MailX,
      run: () => void navigate({ to: '/w/$workspace/settings/channels/undelivered/{-$channelId}', params }),
    },
    {
      id: 'go-account',
      title: t`Your account`,
      group: go,
      icon: CircleUserRound,
      run: () => void navigate({ to: '/w/$workspace/settings/account', params }),
    },
  ])
}
