import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { useTitle } from '../app/use-title.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { Segmented } from '../ui/segmented.tsx'
import css from './duplicates-screen.module.css'
import { SharedIdentifiers } from './shared-identifiers.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { ToldApart } from './told-apart.tsx'
import { useDuplicatesAddress } from './use-duplicates-address.ts'

/** Every pair that may be one person, to be cleared by key; those told apart; and the values that say nothing. */
export default function DuplicatesScreen() {
  const { t } = useLingui()
  const { percent } = useFormats()
  const address = useDuplicatesAddress()
  const { data: counts } = useQuery(api.duplicates.counts.queryOptions())
  const done = counts?.rebuilding == null ? null : percent(counts.rebuilding)
  useTitle(t`Duplicates`)
  return (
    <Pane label={t`Duplicates`} className={css.pane}>
      <PaneHead>
        <h1 className={css.title}>
          <Trans>Duplicates</Trans>
        </h1>
      </PaneHead>
      <div className={css.views}>
        <Segmented
          label={t`What to show`}
          value={address.view}
          onChange={address.show}
          choices={[
            { id: 'suggested', name: t`Suggestions` },
            { id: 'told-apart', name: t({ message: 'Dismissed', context: 'suggestions' }) },
            { id: 'shared', name: t({ message: 'Shared', context: 'identifiers' }) },
          ]}
        />
      </div>
      {done !== null && (
        <Banner live className={css.banner ?? ''}>
          <Trans>All contacts are being compared: {done}. More may appear.</Trans>
        </Banner>
      )}
      {address.view === 'suggested' ? (
        <SuggestionList address={address} counts={counts} />
      ) : address.view === 'told-apart' ? (
        <ToldApart />
      ) : (
        <SharedIdentifiers />
      )}
    </Pane>
  )
}
