import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Languages, MapPin, UserRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useMe } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { countryCodes } from '../ui/country-field.tsx'
import { Flag } from '../ui/flag.tsx'
import { showSaved } from './contact-query.ts'
import { languageCodes } from './language-codes.ts'
import { PickRow } from './pick-row.tsx'
import { isTold, Provenance } from './provenance.tsx'
import { nothing, usePick } from './use-pick.ts'

export function CountryRow({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { country, compare } = useFormats()
  const value = contact.fields.country
  const pick = usePick(contact, 'country')
  const choices = useMemo(
    () => [
      { id: nothing, name: t`None` },
      ...countryCodes
        .map((id) => ({ id, name: country(id), before: <Flag country={id} /> }))
        .toSorted((one, other) => compare(one.name, other.name)),
    ],
    [country, compare, t],
  )
  return (
    <PickRow
      icon={MapPin}
      label={t`Country`}
      emptyText={t`Add`}
      value={value.value}
      shown={
        value.value !== null && (
          <>
            <Flag country={value.value} /> {country(value.value)}
          </>
        )
      }
      choices={choices}
      actions={
        isTold(contact, value) && (
          <Provenance value={value} label={t`Country`} of={{ contactId: contact.id, field: 'country' }} />
        )
      }
      {...pick}
    />
  )
}

export function LanguageRow({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { language, compare } = useFormats()
  const value = contact.fields.language
  const pick = usePick(contact, 'language')
  const choices = useMemo(
    () => [
      { id: nothing, name: t`None` },
      ...languageCodes()
        .map((id) => ({ id, name: language(id) }))
        .toSorted((one, other) => compare(one.name, other.name)),
    ],
    [language, compare, t],
  )
  return (
    <PickRow
      icon={Languages}
      label={t`Language`}
      emptyText={t`Add`}
      value={value.value}
      shown={value.value !== null && language(value.value)}
      choices={choices}
      actions={
        isTold(contact, value) && (
          <Provenance value={value} label={t`Language`} of={{ contactId: contact.id, field: 'language' }} />
        )
      }
      {...pick}
    />
  )
}

const nobody = 0

export function AssigneeRow({ contact }: { contact: ContactDetails }) {
  const { t, i18n } = useLingui()
  const { compare } = useFormats()
  const me = useMe()
  // whom it may be given to is asked when somebody wants to know: opening the record is one call
  const [isWanted, setWanted] = useState(false)
  const { data: members } = useQuery({ ...api.members.list.queryOptions(), enabled: isWanted })
  const [error, setError] = useState<string | null>(null)
  const assign = useMutation(api.conversations.assign.mutationOptions())
  const { assignee } = contact
  const unassigned = t({ message: 'Unassigned', context: 'contact' })
  const onPick = (picked: number) => {
    setError(null)
    const memberId = picked === nobody ? null : picked
    assign
      .mutateAsync({ contactId: contact.id, memberId, replaces: assignee?.memberId ?? null })
      .then((fresh) => showSaved(contact.id, fresh))
      .catch((reason: unknown) => setError(explain(reason, i18n)))
  }
  return (
    <PickRow
      icon={UserRound}
      label={t`Assigned to`}
      emptyText={unassigned}
      value={assignee?.memberId ?? null}
      shown={
        assignee !== null && (
          <>
            <Avatar id={assignee.memberId} name={assignee.name} size={22} /> {assignee.name}
          </>
        )
      }
      choices={[
        { id: nobody, name: unassigned },
        ...(members?.items ?? (assignee === null ? [] : [{ id: assignee.memberId, name: assignee.name }]))
          .toSorted((one, other) => compare(one.name, other.name))
          .map(({ id, name }) => ({
            id,
            name,
            before: <Avatar id={id} name={name} size={22} />,
            ...(id === me.memberId ? { note: t`You` } : {}),
          })),
      ]}
      error={error}
      onOpen={() => setWanted(true)}
      onPick={onPick}
    />
  )
}
