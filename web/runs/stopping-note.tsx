import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { api } from '../api/client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'

/** Which workflows stop when a contact is blocked; nothing where it is in none. */
export function StoppingNote(props: { contact: { readonly id: number; readonly displayName: string | null } }) {
  const { t } = useLingui()
  const { list } = useFormats()
  const { id: contactId, displayName } = props.contact
  const found = useQuery(api.workflows.runsOfContact.queryOptions({ input: { contactId, state: 'active', limit: 50 } }))
  const flows = (found.data?.items ?? []).map(({ workflow }) => workflow.name)
  if (flows.length === 0) return null
  const name = displayName ?? t`Nameless contact`
  const names = list([...new Set(flows)])
  return (
    <Banner tone="warn" icon={Workflow}>
      <Trans>
        {name} is in the workflow {names}. It stops when you block.
      </Trans>
    </Banner>
  )
}
