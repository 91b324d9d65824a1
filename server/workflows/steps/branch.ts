import { sql } from 'kysely'
import type { Filter } from '#contract/filter.ts'
import { foldText } from '../../contacts/fold-text.ts'
import { conditionsOf } from '../begin-runs.ts'
import type { StepAct, StepOf, Stepping } from '../stepping.ts'

type Arm = StepOf<'branch'>['arms'][number]

/** Takes the first way whose conditions hold, judged by the contact as it is now. */
export const branch: StepAct<'branch'> = {
  async carryOut(at, { arms }, { into }) {
    const open = arms.map((arm, place) => ({ arm, place })).filter(({ arm }) => holdsOfValues(arm, at.values))
    const holds = await whichHold(
      at,
      open.map(({ arm }) => arm.filter),
    )
    const taken = open.find((_one, index) => holds[index])?.place ?? -1
    const next = into[taken < 0 ? 'otherwise' : `arms.${taken}.steps`] ?? null
    return { over: true, outcome: 'done', data: { arm: taken }, next }
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

/** Which of the filters hold for the contact. */
async function whichHold(
  { tx, workspaceId, state, filters: load }: Stepping,
  filters: readonly Filter[],
): Promise<boolean[]> {
  const isEmpty = (filter: Filter) => ('and' in filter ? filter.and : filter.or).length === 0
  if (filters.every(isEmpty)) return filters.map(() => true)
  const context = await load()
  const { rows } = await sql<{ holds: boolean[] }>`
    select array[${sql.join(filters.map((filter) => conditionsOf(filter, context)))}]::boolean[] as holds
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = ${state.contactId}`.execute(tx)
  return rows[0]?.holds ?? filters.map(() => false)
}
