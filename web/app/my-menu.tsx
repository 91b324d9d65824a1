import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { CircleUserRound, Keyboard, LogOut, Search, SunMoon, Workflow } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useCan, useMe, useWorkspace } from '../api/me.ts'
import { chooseLocale } from '../i18n/locale.ts'
import { localeNames, locales, type Locale } from '../i18n/pick-locale.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classes } from '../ui/classes.ts'
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu.tsx'
import { openOverlay } from './overlay-state.ts'
import { signOut } from './session.ts'
import css from './shell.module.css'
import { chooseTheme } from './theme.ts'
import { useIsPhone } from './use-narrow.ts'

/** What is the signed-in person's own: account, language, keys, the way out. On phones also search and theme. */
export function MyMenu() {
  const { t, i18n } = useLingui()
  const me = useMe()
  const { name } = me
  const workspace = useWorkspace().id
  const isPhone = useIsPhone()
  const mayAutomate = useCan('workflows.manage')
  const navigate = useNavigate()
  const avatar = <Avatar id={me.memberId} name={me.name} size={28} />
  return (
    <Menu
      label={t`Your account`}
      placement={isPhone ? 'top end' : 'end bottom'}
      trigger={
        <Button className={isPhone ? classes(css.place, css.onlyPhone) : (css.me ?? '')}>
          {isPhone ? <Avatar id={me.memberId} name={me.name} size={22} /> : avatar}
          {isPhone && <span aria-hidden="true">{t`You`}</span>}
          <span className="visually-hidden">{t`Your account: ${name}`}</span>
        </Button>
      }
    >
      <MenuItem
        id="account"
        icon={CircleUserRound}
        textValue={me.name}
        note={me.email}
        onAction={() => void navigate({ to: '/w/$workspace/settings/account', params: { workspace } })}
      >
        {me.name}
      </MenuItem>
      <MenuSeparator />
      {isPhone && mayAutomate && (
        <MenuItem
          id="workflows"
          icon={Workflow}
          onAction={() => void navigate({ to: '/w/$workspace/workflows', params: { workspace } })}
        >{t`Workflows`}</MenuItem>
      )}
      {isPhone && <MenuItem id="search" icon={Search} onAction={() => openOverlay('palette')}>{t`Search`}</MenuItem>}
      {isPhone && (
        <MenuItem id="theme" icon={SunMoon} onAction={() => chooseTheme(isDark() ? 'light' : 'dark')}>
          {t`Change theme`}
        </MenuItem>
      )}
      {!isPhone && (
        <MenuItem
          id="keys"
          icon={Keyboard}
          keys="?"
          onAction={() => openOverlay('keys')}
        >{t`Keyboard shortcuts`}</MenuItem>
      )}
      <MenuSeparator />
      <MenuSection
        title={t`Language`}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[i18n.locale]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) void chooseLocale(key as Locale)
        }}
      >
        {locales.map((locale) => (
          <MenuItem key={locale} id={locale} textValue={localeNames[locale]}>
            <span lang={locale}>{localeNames[locale]}</span>
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSeparator />
      <MenuItem id="out" icon={LogOut} onAction={() => void signOut()}>{t`Sign out`}</MenuItem>
    </Menu>
  )
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}
