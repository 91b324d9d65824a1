import { measureCalls } from '../measure/measure-calls.ts'
import { fillDetails } from '../stage/fill-details.ts'
import type { Scenario } from './scenario.ts'

/** A name and a custom field are changed, as by hand: with where they came from, the activity and the live notice. */
export const edit: Scenario = async (stage, concurrency) => {
  await fillDetails(stage)
  return measureCalls(stage, { scenario: 'edit', concurrency }, async ({ took }) => {
    const contactId = (at: number) => ((at * 7919) % stage.contacts) + 1
    let round = 0
    const names = await took(
      'a name',
      500,
      (at) => ({ contactId: contactId(at), values: { lastName: `Núñez ${round++}` } }),
      '/rpc/contacts/update',
    )
    const fields = await took(
      'a custom field',
      500,
      (at) => ({ contactId: contactId(at), values: { custom: { 1: round++ } } }),
      '/rpc/contacts/update',
    )
    return { runs: [names, fields], ratios: [] }
  })
}
