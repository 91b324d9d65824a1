import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { CustomField } from '#contract/fields.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { toast } from '../ui/toast-store.ts'
import { explainFields } from './explain-fields.ts'
import { RemoveCountedDialog } from './remove-counted-dialog.tsx'

/** Asks for the number of contacts that lose a value before the field goes for good. */
export function RemoveFieldDialog({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: fieldId, name } = field
  return (
    <RemoveCountedDialog
      title={<Trans>Delete the field “{name}”</Trans>}
      confirm={t`Delete the field`}
      counting={api.fields.count.queryOptions({ input: { fieldId } })}
      nobody={<Trans>No contact has a value in it. This can't be undone.</Trans>}
      losing={(contacts) =>
        t`${plural(contacts, { one: "# contact loses its value. This can't be undone.", other: "# contacts lose their value. This can't be undone." })}`
      }
      remove={(contacts) => client.fields.remove({ fieldId, contacts })}
      explain={(error) => explainFields(error, i18n)}
      onDone={() => {
        for (const key of [api.fields.list.key(), api.contacts.get.key(), api.contacts.list.key()])
          void queryClient.invalidateQueries({ queryKey: key })
        toast(t`Field “${name}” deleted`, { tone: 'ok' })
      }}
      onClose={onClose}
    />
  )
}
