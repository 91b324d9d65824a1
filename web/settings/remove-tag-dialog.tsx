import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { TagRow } from '#contract/tags.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { explainTags } from '../tags/shared.ts'
import { toast } from '../ui/toast-store.ts'
import { RemoveCountedDialog } from './remove-counted-dialog.tsx'

/** Asks for the number of contacts that lose the tag before it goes for good. */
export function RemoveTagDialog({ tag, onClose }: { tag: TagRow; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: tagId, name } = tag
  return (
    <RemoveCountedDialog
      title={<Trans>Delete the tag “{name}”</Trans>}
      confirm={t`Delete the tag`}
      counting={api.tags.count.queryOptions({ input: { tagId } })}
      nobody={<Trans>Nobody has it. This can't be undone.</Trans>}
      losing={(contacts) =>
        t`${plural(contacts, { one: "# contact loses the tag. This can't be undone.", other: "# contacts lose the tag. This can't be undone." })}`
      }
      remove={(contacts) => client.tags.remove({ tagId, contacts })}
      explain={(error) => explainTags(error, i18n)}
      onDone={() => {
        for (const key of [api.tags.list.key(), api.contacts.get.key(), api.contacts.list.key()])
          void queryClient.invalidateQueries({ queryKey: key })
        toast(t`Tag “${name}” deleted`, { tone: 'ok' })
      }}
      onClose={onClose}
    />
  )
}
