import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff, ScanEye } from 'lucide-react'
import type { FieldShown } from '#contract/fields.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './arranging.module.css'

const icons = { always: Eye, filled: ScanEye, never: EyeOff }

/** When the record can show a field. */
export function useShownNames(): Record<FieldShown, string> {
  const { t } = useLingui()
  return { always: t`Always`, filled: t`When filled`, never: t`Never` }
}

/** When the record shows a field. */
export function ShownMenu(props: {
  name: string
  shown: FieldShown
  reason: string | undefined
  onChange: (shown: FieldShown) => void
}) {
  const { t } = useLingui()
  const { name, shown, reason, onChange } = props
  const words = useShownNames()
  const now = words[shown]
  const trigger = (
    <Button
      look="ghost"
      size="sm"
      icon={icons[shown]}
      aria-label={t`Shown: ${now}. Change for ${name}`}
      disabledReason={reason}
    >
      <span className={css.shown}>{now}</span>
    </Button>
  )
  if (reason !== undefined) return trigger
  return (
    <Menu
      label={t`When ${name} is shown`}
      trigger={trigger}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[shown]}
      onAction={(key) => onChange(key as FieldShown)}
    >
      {(['always', 'filled', 'never'] as const).map((id) => (
        <MenuItem key={id} id={id} icon={icons[id]}>
          {words[id]}
        </MenuItem>
      ))}
    </Menu>
  )
}
