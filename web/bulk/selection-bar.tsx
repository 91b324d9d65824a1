import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Download, Merge, Pencil, Tag, Trash2, UserRound, X } from 'lucide-react'
import { useRef } from 'react'
import { useLandmark } from 'react-aria/useLandmark'
import { useCan, useWorkspace } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import type { SelectionAct } from './act-dialogs.tsx'
import css from './selection-bar.module.css'
import type { ListSelection } from './use-selection.ts'

/** As many as one merge takes. */
const mostMerged = 10

/** What can be done with the contacts that are chosen. Floats over the list while there are any. */
export function SelectionBar(props: {
  chosen: ListSelection
  onAct: (act: SelectionAct) => void
  onExport: () => void
}) {
  const { t } = useLingui()
  const { chosen } = props
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role: 'region', 'aria-label': t`Selected contacts` }, ref)
  const navigate = useNavigate()
  const { id: workspace, bulkLimit } = useWorkspace()
  const limit = useLimit(chosen, bulkLimit)
  const mayMerge = useCan('merges.any')
  const mayDelete = useCan('contacts.delete')
  const canMerge = chosen.ids.length >= 2 && chosen.ids.length <= mostMerged
  return (
    <section {...landmarkProps} ref={ref} className={css.bar}>
      <p className={css.count} aria-live="polite">
        <ChosenCount chosen={chosen} />
      </p>
      <span className={css.line} aria-hidden="true" />
      <div className={css.acts}>
        {mayMerge && (
          <Button
            look="ghost"
            icon={Merge}
            disabledReason={canMerge ? undefined : t`Select 2 to 10 contacts one by one.`}
            onPress={() =>
              void navigate({
                to: '/w/$workspace/contacts/merge',
                params: { workspace },
                search: { ids: chosen.ids.join(','), back: 'contacts' },
              })
            }
          >
            {t`Merge…`}
          </Button>
        )}
        <Button look="ghost" icon={Tag} onPress={() => props.onAct('tag')} disabledReason={limit}>
          {t`Tags…`}
        </Button>
        <Button look="ghost" icon={UserRound} onPress={() => props.onAct('assign')}>
          {t`Assign…`}
        </Button>
        <Button look="ghost" icon={Pencil} onPress={() => props.onAct('edit')}>
          {t`Edit…`}
        </Button>
        <ExportButton chosen={chosen} onExport={props.onExport} />
        <Button
          look="dangerGhost"
          icon={Trash2}
          onPress={() => props.onAct('delete')}
          disabledReason={mayDelete ? undefined : t`You may not delete contacts.`}
        >
          {t`Delete…`}
        </Button>
      </div>
      <span className={css.line} aria-hidden="true" />
      <IconButton icon={X} label={t`Clear selection`} onPress={chosen.clear} />
    </section>
  )
}

function ExportButton({ chosen, onExport }: { chosen: ListSelection; onExport: () => void }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const most = useWorkspace().bulkLimit
  const mayExport = useCan('contacts.export')
  const [limit, count] = [number(most ?? 0), number(chosen.count ?? 0)]
  const isTooMany = most !== null && chosen.count !== null && chosen.count > most
  return (
    <Button
      look="ghost"
      icon={Download}
      onPress={onExport}
      disabledReason={
        !mayExport
          ? t`You may not export contacts.`
          : isTooMany
            ? t`Exporting works with up to ${limit} contacts. You selected ${count}.`
            : undefined
      }
    >
      {t`Export…`}
    </Button>
  )
}

/** Why so many cannot be tagged at once; undefined where they can. */
function useLimit({ count }: ListSelection, most: number | null): string | undefined {
  const { t } = useLingui()
  const { number } = useFormats()
  if (most === null || (count !== null && count <= most)) return undefined
  const limit = number(most)
  if (count === null) return t`Assigning tags works with up to ${limit} contacts.`
  const selected = number(count)
  return t`Assigning tags works with up to ${limit} contacts. You selected ${selected}.`
}

function ChosenCount({ chosen: { kind, count } }: { chosen: ListSelection }) {
  const { number } = useFormats()
  if (kind === 'everyone') return <Trans>Everyone selected</Trans>
  if (count === null) return <Trans>All who match selected</Trans>
  const shown = number(count)
  return <Plural value={count} one={`${shown} selected`} other={`${shown} selected`} />
}
