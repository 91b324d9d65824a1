import { openCaller } from '../measure/open-caller.ts'
import { takeTurns, type Operation } from '../measure/take-turns.ts'
import { atMost } from '../report.ts'
import { countDrawerCalls } from './count-drawer-calls.ts'
import type { Scenario } from './scenario.ts'

/**
 * A record is opened: the one call of the drawer, for anybody, as the Owner's browser makes it, beside the same contact's bare row;
 * and how many calls the drawer really makes, counted in a browser where there is one.
 */
export const drawer: Scenario = async (stage, concurrency) => {
  const server = openCaller(stage.url, concurrency)
  const floor = openCaller(stage.floor.url, concurrency)
  try {
    const anybody = () => 1 + Math.floor(Math.random() * stage.contacts)
    const open: Operation = {
      name: 'open a record',
      pid: stage.serverPid,
      once: (worker) =>
        server.call(worker, {
          method: 'POST',
          path: '/rpc/contacts/get',
          headers: { ...stage.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ json: { contactId: anybody() } }),
        }),
    }
    const select: Operation = {
      name: 'floor select',
      pid: stage.floor.pid,
      once: (worker) =>
        floor.call(worker, {
          method: 'GET',
          path: `/select/${stage.workspaceId}/${anybody()}`,
          headers: stage.floor.headers,
        }),
    }
    const turns = { scenario: 'drawer', contacts: stage.contacts, concurrency, rounds: 100, warmUps: 75, perTurn: 20 }
    const runs = await takeTurns(turns, [open, select])
    const [opened, bare] = runs
    // that does not depend on how many open one at once
    const calls = concurrency === 1 ? await countDrawerCalls(stage) : null
    return {
      runs,
      ratios: [
        atMost(3, 'drawer open / floor select', (opened?.p50_ms ?? NaN) / (bare?.p50_ms ?? NaN)),
        ...(calls === null ? [] : [atMost(1, 'drawer round trips', calls)]),
      ],
    }
  } finally {
    await Promise.all([server.close(), floor.close()])
  }
}
