import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { kindOfType, type FieldKind } from '#contract/filter-words.ts'
import type { FieldType } from '#contract/fields.ts'
import { api } from '../api/client.ts'
import { channelName, languageCodes } from '../contacts/shared.ts'
import { useFields } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { countryCodes } from '../ui/country-field.tsx'
import type { Choice } from '../ui/select.tsx'

export interface FilterFieldInfo {
  readonly id: string
  readonly name: string
  readonly kind: FieldKind
  /** What may be picked; none where it is typed. */
  readonly choices: Choice<string | number>[] | null
}

/** What contacts can be filtered by, in the words of the person, with what each may hold. */
export function useFilterFields(): readonly FilterFieldInfo[] {
  const { t, i18n } = useLingui()
  const { country, language, compare } = useFormats()
  const members = useQuery(api.members.list.queryOptions()).data?.items ?? []
  const teams = useQuery(api.teams.list.queryOptions()).data?.items ?? []
  const tags = useQuery(api.tags.list.queryOptions()).data?.items ?? []
  const channels = useQuery(api.channels.list.queryOptions()).data?.items ?? []
  const stages = useQuery(api.lifecycle.list.queryOptions()).data?.items ?? []
  const customs = (useFields() ?? []).flatMap(({ custom }) => custom ?? [])
  const sorted = <Key extends string | number>(choices: Choice<Key>[]) =>
    choices.toSorted((one, other) => compare(one.name, other.name))
  const named = (items: readonly { id: number; name: string }[]) => sorted(items.map(({ id, name }) => ({ id, name })))
  const kinds = [...new Set(channels.map(({ kind }) => kind))]
  const choicesOf = (type: FieldType, options: readonly string[]): FilterFieldInfo['choices'] => {
    if (type === 'list') return options.map((id) => ({ id, name: id }))
    return type === 'checkbox'
      ? [
          { id: 'true', name: t`Yes` },
          { id: 'false', name: t`No` },
        ]
      : null
  }
  return [
    { id: 'name', name: t({ message: 'Name', context: 'of a contact' }), kind: 'text', choices: null },
    { id: 'email', name: t`Email`, kind: 'text', choices: null },
    { id: 'phone', name: t`Phone`, kind: 'text', choices: null },
    {
      id: 'country',
      name: t`Country`,
      kind: 'code',
      choices: sorted(countryCodes.map((id) => ({ id, name: country(id) }))),
    },
    {
      id: 'language',
      name: t`Language`,
      kind: 'code',
      choices: sorted(languageCodes().map((id) => ({ id, name: language(id) }))),
    },
    {
      id: 'tag',
      name: t`Tags`,
      kind: 'set',
      choices: sorted(tags.map(({ id, name, emoji }) => ({ id, name: emoji === null ? name : `${emoji} ${name}` }))),
    },
    {
      id: 'status',
      name: t`Conversation`,
      kind: 'code',
      choices: [
        { id: 'open', name: t`Open` },
        { id: 'snoozed', name: t`Snoozed` },
        { id: 'closed', name: t`Closed` },
      ],
    },
    ...(stages.length === 0
      ? []
      : [
          {
            id: 'lifecycle',
            name: t`Lifecycle`,
            kind: 'choice' as const,
            choices: stages.map(({ id, name, emoji }) => ({ id, name: emoji === null ? name : `${emoji} ${name}` })),
          },
        ]),
    { id: 'assignee', name: t`Assigned to`, kind: 'choice', choices: named(members) },
    { id: 'team', name: t`Team`, kind: 'choice', choices: named(teams) },
    { id: 'channel', name: t`Channel`, kind: 'set', choices: named(channels) },
    {
      id: 'channelKind',
      name: t`Kind of channel`,
      kind: 'kinds',
      choices: sorted(kinds.map((id) => ({ id, name: channelName(id, i18n) }))),
    },
    { id: 'lastChannel', name: t`Last channel used`, kind: 'choice', choices: named(channels) },
    { id: 'optOut', name: t`Wants no messages by`, kind: 'set', choices: named(channels) },
    { id: 'lastMessage', name: t`Last message`, kind: 'moment', choices: null },
    { id: 'sinceIncoming', name: t`Time since they last wrote`, kind: 'age', choices: null },
    { id: 'created', name: t`Added`, kind: 'moment', choices: null },
    ...customs.map(({ id, name, type, options }) => ({
      id: `#${id}`,
      name,
      kind: kindOfType[type],
      choices: choicesOf(type, options),
    })),
  ]
}
