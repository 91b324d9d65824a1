import { useLingui } from '@lingui/react/macro'
import type { AuditEvent } from '#contract/audit.ts'
import type { FieldType } from '#contract/fields.ts'
import type { Restriction, Role } from '#contract/policy.ts'
import { useRoleNames } from '../app/role-names.ts'
import { channelName } from '../contacts/shared.ts'
import { typeWords } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { FromTo } from '../ui/from-to.tsx'
import { useRestrictionWords } from './access-words.ts'
import css from './audit.module.css'
import { useColourNames } from './colour-group.tsx'
import { useOfferNames } from './use-offer-names.ts'
import { useShownNames } from './shown-menu.tsx'

type Change = AuditEvent['changes'][number]

/** One part that is another now: what it is called, from → to. */
export function AuditChange({ change: { what, from, to } }: { change: Change }) {
  const label = usePartName()(what)
  const words = useValueWords(what)
  return (
    <p className={css.change}>
      <span className={css.label}>{label}</span>
      <FromTo from={from === null ? null : words(from)} to={to === null ? null : words(to)} />
    </p>
  )
}

function usePartName(): (what: string) => string {
  const { t } = useLingui()
  const names: Partial<Record<string, string>> = {
    name: t({ message: 'Name', context: 'of a thing' }),
    category: t({ message: 'Name', context: 'of a thing' }),
    role: t`Role`,
    restrictions: t`Restrictions`,
    team: t`Team`,
    members: t`Members`,
    member: t`Member`,
    ending: t`Last characters`,
    defaultCountry: t`Country`,
    timeZone: t`Time zone`,
    language: t`Language`,
    heldDays: t`Days that held messages stay`,
    billingDay: t`Billing day`,
    bulkLimit: t`Contacts tagged or exported at once`,
    blockingInInbox: t`Blocking in the Inbox`,
    kind: t`Kind`,
    address: t({ message: 'Address', context: 'of a channel' }),
    settings: t`Settings`,
    description: t`Description`,
    options: t`Options`,
    type: t`Kind`,
    position: t`Place in the record`,
    shown: t({ message: 'Shown', context: 'a field of the record' }),
    colour: t`Colour`,
    emoji: t`Emoji`,
    isLost: t`Has left the journey`,
    isDefault: t`New contacts begin in it`,
    step: t`Step of the journey`,
    into: t`Merged into`,
    filter: t`Filter`,
    act: t`Act`,
  }
  return (what) => names[what] ?? what
}

function useValueWords(what: string): (value: NonNullable<Change['from']>) => string {
  const { t, i18n } = useLingui()
  const { country, language, list, number } = useFormats()
  const roles = useRoleNames()
  const restrictions = useRestrictionWords()
  const colours = useColourNames()
  const shown = useShownNames()
  const offers = useOfferNames()
  return (value) => {
    if (what === 'restrictions' && Array.isArray(value))
      return value.length === 0 ? t`None` : list(value.map((one) => restrictions[one as Restriction].name))
    if (Array.isArray(value)) return list(value)
    if (typeof value === 'number') return number(value)
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`
    switch (what) {
      case 'role':
        return roles[value as Role]
      case 'defaultCountry':
        return country(value)
      case 'language':
        return language(value)
      case 'colour':
        return colours[value as keyof typeof colours]
      case 'shown':
        return shown[value as keyof typeof shown]
      case 'blockingInInbox':
        return offers[value as keyof typeof offers]
      case 'kind':
        return channelName(value as Parameters<typeof channelName>[0], i18n)
      case 'type':
        return typeWords(value as FieldType, i18n)
      case 'act':
        return { delete: t`Delete`, export: t`Export`, tag: t`Tagging`, assign: t`Assigning` }[value] ?? value
      default:
        return value
    }
  }
}
