import type { Filter } from '#contract/filter.ts'
import type { UiLanguage } from '#contract/primitives.ts'

interface Named {
  readonly name: Readonly<Record<UiLanguage, string>>
  readonly filter: Filter
}

/** The segments that a workspace begins with: what a team asks of its contacts every week. */
export const firstSegments: readonly Named[] = [
  {
    name: { es: 'Nuevos en 7 días', en: 'New in 7 days' },
    filter: { and: [{ field: 'created', operator: 'isTimestampAfter', value: '-7d' }] },
  },
  {
    name: { es: 'Sin responsable', en: 'Open, nobody assigned' },
    filter: {
      and: [
        { field: 'status', operator: 'isEqualTo', value: 'open' },
        { field: 'assignee', operator: 'doesNotExist' },
      ],
    },
  },
  {
    name: { es: 'Sin teléfono', en: 'No phone' },
    filter: { and: [{ field: 'phone', operator: 'doesNotExist' }] },
  },
  {
    name: { es: 'Callados 30 días', en: 'Quiet for 30 days' },
    filter: { and: [{ field: 'sinceIncoming', operator: 'isGreaterThan', value: '30d' }] },
  },
]
