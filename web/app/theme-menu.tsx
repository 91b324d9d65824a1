import { useLingui } from '@lingui/react/macro'
import { Moon, Sun, SunMoon } from 'lucide-react'
import { Button } from 'react-aria-components'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './shell.module.css'
import { chooseTheme, useTheme, type Theme } from './theme.ts'

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const { t } = useLingui()
  const theme = useTheme()
  return (
    <Menu
      label={t`Theme`}
      placement="end bottom"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        for (const key of keys) chooseTheme(key as Theme)
      }}
      trigger={
        <Button className={classes(css.place, css.onlyWide)}>
          <Icon of={theme === 'light' ? Sun : Moon} size={20} />
          <span>{t`Theme`}</span>
        </Button>
      }
    >
      <MenuItem id="light" icon={Sun}>{t`Light`}</MenuItem>
      <MenuItem id="dark" icon={Moon}>{t`Dark`}</MenuItem>
      <MenuItem id="system" icon={SunMoon}>{t`As the system`}</MenuItem>
    </Menu>
  )
}
