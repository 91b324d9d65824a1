import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Merge } from 'lucide-react'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { pairKey, SuggestionRow } from './suggestion-row.tsx'
import css from './suggestions-dialog.module.css'
import { useClearing } from './use-clearing.ts'

/** Every contact that could be this one, the merely possible ones too. */
export default function SuggestionsDialog(props: {
  contactId: number
  place: 'inbox' | 'contacts'
  onClose: () => void
}) {
  const { t, i18n } = useLingui()
  const { contactId, place, onClose } = props
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const { data, error } = useQuery(api.duplicates.ofContact.queryOptions({ input: { contactId } }))
  const clearing = useClearing(place, contactId)
  const shown = data?.items.filter((one) => !clearing.isLeaving(one)) ?? []
  const others = data?.group?.contactIds.filter((id) => id !== contactId) ?? []
  const size = others.length + 1
  return (
    <Dialog isOpen wide onClose={onClose} title={<Trans>Possible duplicates</Trans>}>
      {error !== null ? (
        <Banner tone="danger">{explain(error, i18n)}</Banner>
      ) : data === undefined ? (
        <Spinner />
      ) : shown.length === 0 ? (
        <p>
          <Trans>Nobody else could be this contact.</Trans>
        </p>
      ) : (
        <>
          {others.length > 0 && (
            <Button
              icon={Merge}
              onPress={() => {
                onClose()
                void navigate({
                  to: '/w/$workspace/contacts/merge',
                  params: { workspace },
                  search: { ids: [contactId, ...others].join(), back: place },
                })
              }}
            >
              <Plural value={size} one="Review # together" other="Review the # together" />
            </Button>
          )}
          <ul className={css.list} aria-label={t`Possible duplicates`}>
            {shown.map((one) => (
              <li key={pairKey(one)}>
                <SuggestionRow
                  suggestion={one}
                  onReview={() => {
                    onClose()
                    clearing.review(one)
                  }}
                  onMerge={() => {
                    onClose()
                    void clearing.merge(one)
                  }}
                  onDismiss={() => void clearing.dismiss(one)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
