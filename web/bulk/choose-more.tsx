import { Plural, Trans } from '@lingui/react/macro'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import css from './selection-bar.module.css'
import type { ListSelection } from './use-selection.ts'

/**
 * Offers more than what the list shows at the moment: everybody who matches, then everybody of the workspace, who is blocked too.
 */
export function ChooseMore(props: {
  chosen: ListSelection
  /** How many the list holds; null where that takes too long to know. */
  total: number | null
  isNarrowed: boolean
}) {
  const { number } = useFormats()
  const { chosen, total, isNarrowed } = props
  const shown = total === null ? null : number(total)
  return (
    <div className={css.more}>
      {chosen.kind === 'ids' ? (
        <>
          <Plural
            value={chosen.ids.length}
            one="# contact on this page is selected."
            other="# contacts on this page are selected."
          />
          {(total === null || total > chosen.ids.length) && (
            <Button look="ghost" size="sm" onPress={chosen.chooseMatching}>
              {isNarrowed ? (
                shown === null ? (
                  <Trans>Select all who match</Trans>
                ) : (
                  <Trans>Select all {shown} who match</Trans>
                )
              ) : shown === null ? (
                <Trans>Select all in the list</Trans>
              ) : (
                <Trans>Select all {shown} in the list</Trans>
              )}
            </Button>
          )}
        </>
      ) : chosen.kind === 'matching' ? (
        <Trans>Everyone in this list is selected.</Trans>
      ) : (
        <Trans>Everyone in the workspace is selected, blocked contacts too.</Trans>
      )}
      {chosen.kind !== 'everyone' && (
        <Button look="ghost" size="sm" onPress={chosen.chooseEveryone}>
          <Trans>Select the whole workspace</Trans>
        </Button>
      )}
    </div>
  )
}
