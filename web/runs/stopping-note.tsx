import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { api } from '../api/client.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'

/** Which workflows stop when contacts are merged into another or blocked; nothing where they are in none. */
export function StoppingNote(props: {
  contacts: readonly { readonly id: number; readonly displayName: string | null }[]
  act: 'merge' | 'block'
}) {
  const { t } = useLingui()
  const { list } = useFormats()
  const found = useQueries({
    queries: props.contacts.map(({ id: contactId }) =>
      api.workflows.runsOfContact.queryOptions({ input: { contactId, state: 'active', limit: 50 } }),
    ),
  })
  return props.contacts.map(({ id, displayName }, at) => {
    const flows = (found[at]?.data?.items ?? []).map(({ workflow }) => workflow.name)
    if (flows.length === 0) return null
    const name = displayName ?? t`Nameless contact`
    const names = list([...new Set(flows)])
    return (
      <Banner key={id} tone="warn" icon={Workflow}>
        {props.act === 'merge' ? (
          <Trans>
            {name} is in the workflow {names}. It stops when you merge.
          </Trans>
        ) : (
          <Trans>
            {name} is in the workflow {names}. It stops when you block.
          </Trans>
        )}
      </Banner>
    )
  })
}
