import { getRouteApi } from '@tanstack/react-router'
import { Tier } from '#contract/suggestion.ts'
import type { DuplicatesSearch } from '../app/search-params.ts'

const route = getRouteApi('/w/$workspace/contacts/duplicates')
const usual = 'AB'

type View = NonNullable<DuplicatesSearch['view']> | 'suggested'

/** What the Duplicates page shows, as the address says it, and the way to show something else. */
export function useDuplicatesAddress() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<DuplicatesSearch>) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })
  const view: View = search.view ?? 'suggested'
  return {
    view,
    tiers: Tier.options.filter((tier) => (search.tiers ?? usual).includes(tier)),
    show: (view: View) => change({ view: view === 'suggested' ? undefined : view }),
    filter: (tiers: readonly Tier[]) => {
      const letters = tiers.toSorted().join('')
      change({ tiers: letters === usual ? undefined : letters })
    },
  }
}
