import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { blockingOffers } from '#contract/policy.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems } from '../api/explain.ts'
import { useCan, useMe, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { useFormats } from '../i18n/formats.ts'
import { localeNames, locales } from '../i18n/pick-locale.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { CountryField } from '../ui/country-field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { TimeZoneField } from '../ui/time-zone-field.tsx'
import { PageHead } from './page-head.tsx'
import css from './settings.module.css'
import { useOfferNames } from './use-offer-names.ts'

/** Name, country, time zone and language of the workspace, and what holds for blocked contacts. */
export default function WorkspaceScreen() {
  const { t, i18n } = useLingui()
  const workspace = useWorkspace()
  const offers = useOfferNames()
  const mayEdit = useCan('settings.workspace')
  const isOwner = useMe().role === 'owner'
  const { number } = useFormats()
  const { name, defaultCountry, timeZone, language, heldDays, blockingInInbox, billingDay, bulkLimit } = workspace
  const [draft, setDraft] = useState<Partial<typeof workspace>>({})
  const form = { name, defaultCountry, timeZone, language, heldDays, blockingInInbox, billingDay, bulkLimit, ...draft }
  const isChanged = (Object.keys(draft) as (keyof typeof draft)[]).some((field) => draft[field] !== workspace[field])
  const save = useMutation(
    api.workspaces.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.workspaces.key() })
        setDraft({})
      },
    }),
  )
  const set = (change: Partial<typeof workspace>) => {
    save.reset()
    setDraft({ ...draft, ...change })
  }
  const wrong = fieldProblems(save.error).map((problem) => problem.path)
  return (
    <>
      <PageHead title={t`Workspace`} lead={<Trans>What holds for everyone who works here.</Trans>} />
      {!mayEdit && (
        <Banner>
          <Trans>Owners change these, and managers whose access is not restricted.</Trans>
        </Banner>
      )}
      {save.error && wrong.length === 0 && (
        <Banner tone="danger" live>
          {explain(save.error, i18n)}
        </Banner>
      )}
      <Form
        className={css.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged && !save.isPending) save.mutate(draft)
        }}
      >
        <TextField
          label={t`Name`}
          name="workspace"
          autoComplete="off"
          isRequired
          maxLength={80}
          isReadOnly={!mayEdit}
          value={form.name}
          onChange={(value) => set({ name: value })}
          error={wrong.includes('name') && t`Give it a name of up to 80 characters.`}
        />
        <CountryField
          label={t`Country`}
          hint={t`For phone numbers written without a country code.`}
          isDisabled={!mayEdit}
          value={form.defaultCountry}
          onChange={(value) => set({ defaultCountry: value })}
        />
        <TimeZoneField
          label={t`Time zone`}
          isDisabled={!mayEdit}
          value={form.timeZone}
          onChange={(value) => set({ timeZone: value })}
        />
        <Select
          label={t`Language`}
          hint={t`For mails that Ficha sends. Each person chooses the language of their own screen.`}
          isDisabled={!mayEdit}
          choices={locales.map((id) => ({ id, name: localeNames[id] }))}
          value={form.language}
          onChange={(value) => set({ language: value })}
        />
        <Select
          label={t`Billing day`}
          hint={t`On which day of the month a billing cycle begins. A change holds from the next cycle on.`}
          isDisabled={!mayEdit}
          choices={Array.from({ length: 28 }, (_, at) => ({ id: at + 1, name: number(at + 1) }))}
          value={form.billingDay}
          onChange={(value) => set({ billingDay: value })}
        />
        <Select
          label={t`Blocking in the Inbox`}
          hint={t`In Contacts, owners and managers can always block.`}
          isDisabled={!mayEdit}
          choices={blockingOffers.map((id) => ({ id, name: offers[id] }))}
          value={form.blockingInInbox}
          onChange={(value) => set({ blockingInInbox: value })}
        />
        <Select
          label={t`Messages from blocked contacts`}
          hint={t`For this long they are kept apart, in case somebody was blocked by mistake.`}
          isDisabled={!mayEdit}
          choices={daysToChoose(heldDays).map((id) => ({
            id,
            name: t`${plural(id, { one: '# day', other: '# days' })}`,
          }))}
          value={form.heldDays}
          onChange={(value) => set({ heldDays: value })}
        />
        <Select
          label={t`Contacts tagged or exported at once`}
          hint={t`Only owners change this: it says how many one act may reach, and how much of the list one person can carry out of the house.`}
          isDisabled={!isOwner}
          choices={limitsToChoose(bulkLimit).map((limit) => ({
            id: String(limit),
            name: limit === null ? t`No limit` : t`Up to ${number(limit)}`,
          }))}
          value={String(form.bulkLimit)}
          onChange={(value) => set({ bulkLimit: value === 'null' ? null : Number(value) })}
        />
        {mayEdit && (
          <div className={css.actions}>
            <Button
              type="submit"
              look="primary"
              isPending={save.isPending}
              disabledReason={isChanged ? undefined : t`Nothing has changed.`}
            >
              {t`Save`}
            </Button>
            <span role="status" className={css.saved}>
              {save.isSuccess && !isChanged && (
                <>
                  <Icon of={Check} size={14} />
                  {t`Saved`}
                </>
              )}
            </span>
          </div>
        )}
      </Form>
    </>
  )
}

/** The usual limits, and the one that holds now. */
const limitsToChoose = (now: number | null) => [
  ...[...new Set([100, 1000, 10_000, 100_000, ...(now === null ? [] : [now])])].toSorted((a, b) => a - b),
  null,
]

/** The usual numbers of days, and the one that holds now. */
const daysToChoose = (now: number) => [...new Set([7, 14, 30, 60, 90, 180, 365, now])].toSorted((a, b) => a - b)
