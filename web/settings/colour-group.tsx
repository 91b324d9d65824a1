import { useLingui } from '@lingui/react/macro'
import { Radio, RadioGroup } from 'react-aria-components'
import type { TagColour } from '#contract/tags.ts'
import fieldCss from '../ui/field.module.css'
import { FieldLabel } from '../ui/field.tsx'
import { TagDot } from '../tags/shared.ts'
import css from './settings.module.css'

/** What each colour of a tag is called. */
export function useColourNames(): Record<TagColour, string> {
  const { t } = useLingui()
  return {
    red: t`Red`,
    orange: t`Orange`,
    yellow: t`Yellow`,
    green: t`Green`,
    teal: t`Teal`,
    blue: t`Blue`,
    indigo: t`Indigo`,
    purple: t`Purple`,
    pink: t`Pink`,
    grey: t`Grey`,
  }
}

/** One of the colours a tag can have, all visible; arrows move between them. */
export function ColourGroup(props: { value: TagColour; onChange: (colour: TagColour) => void }) {
  const { t } = useLingui()
  const names = useColourNames()
  return (
    <RadioGroup
      value={props.value}
      onChange={(colour) => props.onChange(colour as TagColour)}
      orientation="horizontal"
      className={fieldCss.field ?? ''}
    >
      <FieldLabel>{t`Colour`}</FieldLabel>
      <div className={css.colours}>
        {Object.entries(names).map(([colour, name]) => (
          <Radio key={colour} value={colour} aria-label={name} className={css.colour ?? ''}>
            <TagDot colour={colour as TagColour} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
