import { sql } from 'kysely'
import type { Filter } from '#contract/filter.ts'
import { foldText } from '../../contacts/fold-text.ts'
import { conditionsOf } from '../begin-runs.ts'
import type { StepAct, StepOf, Stepping } from '../stepping.ts'

type Arm = StepOf<'branch'>['arms'][number]

/** Takes the first way whose conditions hold, judged by the contact as it is now. */
export const branch: StepAct<'branch'> = {
  async together(all, { arms }, { into }) {
    const holds = await whichHold(
      all,
      arms.map(({ filter }) => filter),
    )
    return all.map((at) => {
      const held = holds.get(at.state.contactId)
      const taken = arms.findIndex((arm, place) => held?.[place] === true && holdsOfValues(arm, at.values))
      const next = into[taken < 0 ? 'otherwise' : `arms.${taken}.steps`] ?? null
      return { over: true, outcome: 'done', data: { arm: taken }, next }
    })
  },
}

function holdsOfValues({ values: tests }: Arm, values: Stepping['values']): boolean {
  const fold = (text: string | null | undefined) => foldText(text ?? '').trim()
  return tests.every(({ name, operator, value }) => {
    const present = fold(values[name])
    if (operator === 'exists' || operator === 'doesNotExist') return (present !== '') === (operator === 'exists')
    return (present === fold(value)) === (operator === 'isEqualTo')
  })
}

/** Which of the filters hold for each of the contacts. */
async function whichHold(
  all: readonly Stepping[],
  filters: readonly Filter[],
): Promise<ReadonlyMap<number, readonly boolean[]>> {
  const { tx, workspaceId, filters: load } = all[0]!
  const ids = all.map(({ state }) => state.contactId)
  const isEmpty = (filter: Filter) => ('and' in filter ? filter.and : filter.or).length === 0
  if (filters.every(isEmpty)) return new Map(ids.map((id) => [id, filters.map(() => true)]))
  const context = await load()
  const { rows } = await sql<{ id: number; holds: boolean[] }>`
    select c.id, array[${sql.join(filters.map((filter) => conditionsOf(filter, context)))}]::boolean[] as holds
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = any(${ids}::bigint[])`.execute(tx)
  return new Map(rows.map(({ id, holds }) => [id, holds]))
}
