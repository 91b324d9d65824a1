import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { StandardField } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { useFieldName, useFields } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { kindMark } from './kind-mark.tsx'

const standardFields: readonly StandardField[] = ['firstName', 'lastName', 'email', 'phone', 'country', 'language']

/** What of the workspace steps and triggers can name, as choices of a field. */
export function useChoices() {
  const { t } = useLingui()
  const { compare } = useFormats()
  const fieldName = useFieldName()
  const members = useQuery(api.members.list.queryOptions()).data?.items ?? []
  const teams = useQuery(api.teams.list.queryOptions()).data?.items ?? []
  const tags = useQuery(api.tags.list.queryOptions()).data?.items ?? []
  const channels = useQuery(api.channels.list.queryOptions()).data?.items ?? []
  const stages = useQuery(api.lifecycle.list.queryOptions()).data?.items ?? []
  const categories = useQuery(api.conversations.closingNotes.queryOptions()).data?.items ?? []
  const customs = (useFields() ?? []).flatMap(({ custom }) => custom ?? [])
  const sorted = <One extends { name: string }>(items: One[]) => items.toSorted((a, b) => compare(a.name, b.name))
  const withEmoji = ({ id, name, emoji }: { id: number; name: string; emoji: string | null }) => ({
    id,
    name: emoji === null ? name : `${emoji} ${name}`,
  })
  return {
    members: sorted(members.map(({ id, name }) => ({ id, name }))),
    teams: sorted(teams.map(({ id, name }) => ({ id, name }))),
    tags: sorted(tags.map(withEmoji)),
    stages: stages.map(withEmoji),
    channels: sorted(channels.map(({ id, name, kind }) => ({ id, name, kind, before: kindMark(kind) }))),
    categories: sorted(categories.map(({ category }) => ({ id: category, name: category }))),
    customs,
    fields: [
      ...standardFields.map((key) => ({ id: key, name: fieldName(key) })),
      ...customs.map(({ id, name }) => ({ id: `#${id}` as const, name })),
    ],
    /** The name of one, also where it is gone. */
    nameIn: (choices: readonly { id: string | number; name: string }[], id: string | number) =>
      choices.find((one) => one.id === id)?.name ?? t`(no longer there)`,
  }
}

export type Choices = ReturnType<typeof useChoices>

export const ChoicesContext = createContext<Choices | null>(null)

/** Those of the screen around. */
export const useGivenChoices = (): Choices => use(ChoicesContext)!
