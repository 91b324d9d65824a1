import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Milestone } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { StageMark } from '../fields/shared.ts'
import { PickRow } from './pick-row.tsx'
import { isTold, Provenance } from './provenance.tsx'
import { nothing, usePick } from './use-pick.ts'

/** Where the contact stands on the journey. */
export function LifecycleRow({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const stage = contact.lifecycle.value
  const pick = usePick(contact, 'lifecycle')
  const [isWanted, setWanted] = useState(false)
  const { data } = useQuery({ ...api.lifecycle.list.queryOptions(), enabled: isWanted })
  const stages = data?.items ?? (stage === null ? [] : [stage])
  return (
    <PickRow<string | number>
      icon={Milestone}
      label={t`Lifecycle`}
      emptyText={t`Add`}
      value={stage?.id ?? null}
      shown={stage !== null && <StageMark stage={stage} />}
      choices={[
        { id: nothing, name: t`None` },
        ...stages.map(({ id, name, emoji }) => ({ id, name, ...(emoji === null ? {} : { before: emoji }) })),
      ]}
      actions={
        isTold(contact, contact.lifecycle) && (
          <Provenance
            value={contact.lifecycle}
            label={t`Lifecycle`}
            of={{ contactId: contact.id, field: 'lifecycle' }}
          />
        )
      }
      onOpen={() => setWanted(true)}
      {...pick}
    />
  )
}
