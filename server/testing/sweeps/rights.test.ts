import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visibilityOf } from '#contract/policy.ts'
import { givenShop, type Shop } from '../../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../custom-double.ts'
import {
  callRest,
  callRpc,
  everyEndpoint,
  inputsNaming,
  kindsNamed,
  type Endpoint,
  type NamedRows,
  type RowKind,
} from '../every-endpoint.ts'
import { givenRows } from '../given-rows.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { givenCallers, promisedStatus, type Caller } from './callers.ts'
import { sumTables } from './sum-tables.ts'
import { readyInput } from './ready-input.ts'

let server: TestServer
let double: CustomDouble
let shop: Shop
let callers: Caller[]
/** A contact that is nobody's, and what hangs on it: nothing that a narrowed member may see. */
let unassigned: NamedRows

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  shop = await givenShop(server, double)
  callers = await givenCallers(server, shop, await givenShop(server, double))
  unassigned = await givenRows(server, shop)
})
afterAll(async () => {
  await server.close()
  await double.close()
})

const ways = [callRpc, callRest]
/** Who is refused asks one way, the next one the other; both ways where there is time. */
const waysFor = (at: number) => (process.env['FICHA_THOROUGH'] === 'yes' ? ways : [ways[at % 2]!])
const codes: Record<number, string> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND' }

/** Reads an answer as far as its status and code; a stream is not waited for. */
async function verdictOf(answer: Response): Promise<{ status: number; code?: string }> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await answer.body?.cancel()
    return { status: answer.status }
  }
  const said = (await answer.json()) as { code?: string; json?: { code?: string } }
  return answer.status === 200 ? { status: 200 } : { status: answer.status, code: said.code ?? said.json?.code ?? '' }
}

const ofContacts: readonly RowKind[] = ['contactId', 'otherContactId', 'mergeId', 'runId']
/** Does the input of an endpoint name a contact, or a merge of contacts? */
const namesContact = ({ name }: Endpoint) => kindsNamed(name).some((kind) => ofContacts.includes(kind))
const narrowed = ({ access }: Caller) => typeof access === 'object' && visibilityOf(access).kind !== 'all'
const memberIdOf = ({ access }: Caller) => (typeof access === 'object' ? access.memberId : null)

/** Open to everybody, but with what is given here there is nothing to be had: somebody has an account, no link is good. */
const nothingToHave = new Map([
  ['account.signUpFirst', 409],
  ['account.invitation', 404],
  ['account.acceptInvitation', 404],
  ['workspaces.addSampleData', 409],
])

describe('every endpoint answers every caller as the policy says, over both interfaces', () => {
  test.each(everyEndpoint.map((endpoint) => [endpoint.name, endpoint] as const))('%s', async (name, endpoint) => {
    const refusals = callers.flatMap((caller) => {
      const status = promisedStatus(endpoint, caller)
      if (status !== 200) return [{ caller, status }]
      return narrowed(caller) && namesContact(endpoint) ? [{ caller, status: 404 }] : []
    })
    const before = await sumTables(server.deps.db)
    for (const [at, { caller, status }] of refusals.entries())
      for (const call of waysFor(at + everyEndpoint.indexOf(endpoint))) {
        const answer = await call(server.url, endpoint, inputsNaming(unassigned)[name], caller.headers)
        const verdict = { caller: caller.name, ...(await verdictOf(answer)) }
        expect(verdict).toEqual({ caller: caller.name, status, code: codes[status] })
      }
    // whatever was refused wrote nothing, nor had it anything done later
    expect(await sumTables(server.deps.db)).toEqual(before)

    const allowed = callers.filter((caller) => promisedStatus(endpoint, caller) === 200)
    for (const caller of allowed)
      // what changes something takes rows of its own each time: browsers ask one way, programs the other
      for (const call of endpoint.effect === 'read' ? ways : [caller.session ? callRpc : callRest]) {
        const input = await readyInput(
          server,
          shop,
          endpoint,
          narrowed(caller) ? memberIdOf(caller) : null,
          memberIdOf(caller),
        )
        const answer = await call(server.url, endpoint, input, caller.headers)
        const verdict = { caller: caller.name, ...(await verdictOf(answer)) }
        expect(verdict).toMatchObject({ caller: caller.name, status: nothingToHave.get(name) ?? 200 })
      }
  })
})
