import { setTimeout as wait } from 'node:timers/promises'
import { connectClient, type Client } from '../../server/testing/client.ts'
import { givenUpload } from '../../server/testing/given-rows.ts'
import { openCaller } from '../measure/open-caller.ts'
import { describeRun, percentile } from '../measure/take-turns.ts'
import { watchMemory } from '../measure/watch-memory.ts'
import { atMost, type Run } from '../report.ts'
import type { Stage } from '../stage/open-stage.ts'
import { personAt } from '../stage/person.ts'
import { openRecords } from './open-records.ts'
import type { Scenario } from './scenario.ts'

/** Of one file, as many as it may have: of a shorter one a server that has just been started spends a good part on warming up. */
const rows = 200_000
/** People of the file begin here, well beyond those of the stage. */
const strangers = 60_000_000

/**
 * A file of 200 000 rows becomes contacts with custom values, tags and all they are found by; the same again while somebody opens
 * records; and once more, when everybody is there and little has changed.
 */
export const importing: Scenario = async (stage, concurrency) => {
  if (concurrency > 1) return { runs: [], ratios: [] }
  const client = connectClient(stage.url, stage.headers)
  const caller = openCaller(stage.url, 1)
  try {
    await client.fields.create({ name: 'Pedidos', slug: 'pedidos', type: 'number' })
    await client.fields.create({ name: 'Nivel', slug: 'nivel', type: 'list', options: levels })
    await client.fields.create({ name: 'Cumpleaños', slug: 'birthday', type: 'date' })
    const alone = await measure(stage, client, fileOf(rows, strangers), () => Promise.resolve([]))
    const quiet = await openRecords(caller, stage, 2000)
    const beside = await measure(stage, client, fileOf(rows, strangers + rows), (isOver) =>
      openRecords(caller, stage, 100_000, isOver),
    )
    const again = await measure(stage, client, fileOf(rows, strangers, 1), () => Promise.resolve([]))
    const turns = { scenario: 'import', contacts: stage.contacts, concurrency: 1 }
    const run = (name: string, { tookMs, rssMb }: Measured): Run => ({
      ...describeRun(name, turns, [tookMs]),
      n: rows,
      per_s: Math.round((rows / tookMs) * 1000),
      rss_mb: rssMb,
    })
    const ratio = percentile(beside.opened, 95) / percentile(quiet, 95)
    return {
      runs: [
        run('importing new people', alone),
        run('importing while records are opened', beside),
        run('importing the same again', again),
        describeRun('opening a record, quiet', turns, quiet),
        describeRun('opening a record beside it', turns, beside.opened),
      ],
      ratios: [
        atMost(1000 / 6000, 'importing a row, ms', alone.tookMs / rows),
        atMost(2, 'opening records while importing / quiet, p95', ratio),
        ...[alone, beside, again].flatMap(({ rssMb }) =>
          rssMb === null ? [] : [atMost(300, 'memory of the server while importing, MB', rssMb)],
        ),
      ],
    }
  } finally {
    await caller.close()
  }
}

const levels = ['Oro', 'Plata', 'Bronce', 'Nuevo']

/** @param changed one in ten has another number of orders than before */
function fileOf(rows: number, first: number, changed = 0): string {
  const lines = ['Nombre,Apellido,Teléfono,Correo,Idioma,Etiquetas,pedidos,nivel,birthday']
  for (let at = 0; at < rows; at++) {
    const { firstName, lastName, phone, email, language } = personAt(first + at)
    // at a domain that there is: an address in a reserved one is nobody's key
    const mail = email.replace('clientes.example', at % 2 === 0 ? 'gmail.com' : `empresa${at % 500}.es`)
    const tags = at % 3 === 0 ? 'VIP' : at % 7 === 0 ? 'Feria | VIP' : ''
    const orders = at % 10 === 0 ? changed + (at % 97) : at % 89
    const birthday = at % 4 === 0 ? `19${50 + (at % 50)}-0${1 + (at % 9)}-1${at % 10}` : ''
    lines.push([firstName, lastName, phone, mail, language, tags, orders, levels[at % 13] ?? '', birthday].join(','))
  }
  return `${lines.join('\n')}\n`
}

interface Measured {
  readonly tookMs: number
  readonly opened: readonly number[]
  readonly rssMb: number | null
}

/** Hands a file in and has it carried out; both count. */
async function measure(
  stage: Stage,
  client: Client,
  file: string,
  beside: (isOver: () => boolean) => Promise<number[]>,
): Promise<Measured> {
  const start = performance.now()
  const memory = watchMemory(stage.serverPid)
  try {
    const importId = await givenUpload(stage.url, stage, file)
    const { guess } = await client.imports.get({ importId })
    await client.imports.start({ importId, wish: { columns: guess } })
    let isOver = false
    const opening = beside(() => isOver)
    let found = await client.imports.get({ importId })
    while (found.endedAt === null) {
      await wait(100)
      found = await client.imports.get({ importId })
    }
    isOver = true
    const tookMs = performance.now() - start
    if (found.done < found.rows || found.counts.refused > 0) throw new Error(`imported ${JSON.stringify(found.counts)}`)
    return { tookMs, opened: await opening, rssMb: memory.mostMb() }
  } finally {
    memory.stop()
  }
}
