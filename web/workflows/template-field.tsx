import { useLingui } from '@lingui/react/macro'
import { Braces } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem, MenuSection } from '../ui/menu.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { usePlaces } from './use-places.ts'
import css from './workflow.module.css'

/** Text with places that are filled from the contact and from what the run has come to know; a menu writes them. */
export function TemplateField(props: {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  rows?: number
  maxLength: number
  placeholder?: string
  isMono?: boolean
}) {
  const { t } = useLingui()
  const { label, value, onChange, error, rows = 3, hint, placeholder, maxLength, isMono = false } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const places = usePlaces()
  const insert = (name: string) => {
    const box = area.current
    const [from, to] = box === null ? [value.length, value.length] : [box.selectionStart, box.selectionEnd]
    const text = `{{${name}}}`
    onChange(value.slice(0, from) + text + value.slice(to))
    requestAnimationFrame(() => {
      box?.focus()
      box?.setSelectionRange(from + text.length, from + text.length)
    })
  }
  return (
    <div className={css.template}>
      <TextArea
        label={label}
        {...(hint === undefined ? {} : { hint })}
        {...(placeholder === undefined ? {} : { placeholder })}
        className={isMono ? (css.mono ?? '') : ''}
        areaRef={area}
        rows={rows}
        maxLength={maxLength}
        value={value}
        onChange={onChange}
        error={error}
      />
      <div className={css.insert}>
        <Menu
          label={t`Insert into: ${label}`}
          placement="bottom end"
          trigger={
            <Button size="sm" look="ghost" icon={Braces}>
              {t`Insert…`}
              <span className="visually-hidden"> {label}</span>
            </Button>
          }
        >
          {places.map(({ title, items }) => (
            <MenuSection key={title} title={title}>
              {items.map(({ name, words }) => (
                <MenuItem key={name} id={name} textValue={words} note={`{{${name}}}`} onAction={() => insert(name)}>
                  {words}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </div>
    </div>
  )
}
