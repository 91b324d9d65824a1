import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { explainAndExit, stopOnSignal } from '../server/start-ficha.ts'
import { startTestServer } from '../server/testing/test-server.ts'
import { readOptions } from './read-options.ts'
import { filters } from './scenarios/lists.ts'
import { endInOrder } from './stage/end-in-order.ts'
import { fillDetails } from './stage/fill-details.ts'
import { openStage } from './stage/open-stage.ts'
import { personAt } from './stage/person.ts'

/** An act of a member whose statements are looked at, and the page of the API that does it. */
interface Act {
  readonly name: string
  readonly path: string
  readonly asked: Record<string, unknown>
  /** Which of its statements is shown, by what is in it; else the costliest. */
  readonly shows?: string
}

/** A statement as PostgreSQL ran it. */
interface Plan {
  readonly ms: number
  readonly statement: string
  readonly tree: string
}

const file = 'docs/query-plans.md'
/** Enough for a prepared statement to have got the plan that it keeps. */
const warmUps = 12

/**
 * `npm run plans -- --contacts N`: fills a workspace, lets the server do what it does most, and writes how PostgreSQL ran the
 * costliest statement of each to docs/query-plans.md. The plans are those of the server's own prepared statements.
 */
async function printPlans(args: string[]): Promise<void> {
  const { contacts } = readOptions(args, ['plans'])
  const ending = endInOrder()
  stopOnSignal(() => ending.end())
  try {
    const stage = await openStage(contacts[0]!, ending, console.log)
    await fillDetails(stage)
    const heard = hearPlans()
    const server = await startTestServer({
      databaseUrl: stage.databaseUrl,
      config: { secret: stage.secret },
      work: false,
    })
    ending.add(() => server.close())
    const call = async ({ path, asked }: Pick<Act, 'path' | 'asked'>) => {
      const answer = await fetch(`${server.url}/rpc/${path}`, {
        method: 'POST',
        headers: { ...stage.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ json: asked }),
      })
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return ((await answer.json()) as { json: { next?: string } }).json
    }
    const deep = await findDeep(call)
    const sections: string[] = []
    for (const act of actsOf(stage.contacts, deep)) {
      for (let at = 0; at < warmUps; at++) await call(act)
      heard.length = 0
      await call(act)
      const shown = heard
        .filter(({ statement }) => statement.includes(act.shows ?? ''))
        .toSorted((a, b) => b.ms - a.ms)[0]
      if (shown === undefined) throw new Error(`no statement was heard of ${act.name}`)
      sections.push(describe(act, shown, heard))
    }
    writeFileSync(file, [head(stage.contacts), ...sections].join('\n'))
    console.log(`${file} is written.`)
  } finally {
    await ending.end()
  }
}

const actsOf = (contacts: number, deep: string): Act[] => [
  { name: 'Opening a record', path: 'contacts/get', asked: { contactId: Math.ceil(contacts / 2) } },
  { name: 'The table, first page, by name', path: 'contacts/list', asked: { sort: 'name' } },
  { name: 'The table, a deep page, by name', path: 'contacts/list', asked: { sort: 'name', cursor: deep } },
  { name: 'Search: part of a name', path: 'contacts/list', asked: { q: 'núñez' } },
  { name: 'Search: an e-mail', path: 'contacts/list', asked: { q: personAt(7).email }, shows: 'search_words' },
  { name: 'Search: a phone', path: 'contacts/list', asked: { q: personAt(7).phone }, shows: 'search_words' },
  { name: 'Filter: a tag and a country', path: 'contacts/list', asked: { filter: filters[0], sort: 'lastMessage' } },
  { name: 'Filter: a number or a tag', path: 'contacts/list', asked: { filter: filters[3], sort: 'lastMessage' } },
  { name: 'Filter: two tags and a number', path: 'contacts/list', asked: { filter: filters[17], sort: 'name' } },
  { name: 'The Inbox, everybody’s', path: 'conversations/list', asked: { view: 'all' } },
  { name: 'A thread', path: 'conversations/thread', asked: { contactId: Math.ceil(contacts / 2) } },
  { name: 'The view of duplicates', path: 'duplicates/list', asked: {} },
  {
    name: 'A phone is typed into a record',
    path: 'contacts/update',
    asked: { contactId: 12, values: { phone: personAt(11).phone } },
  },
]

/** A cursor some thousand contacts down the list. */
async function findDeep(call: (act: Pick<Act, 'path' | 'asked'>) => Promise<{ next?: string }>): Promise<string> {
  let cursor: string | undefined
  for (let page = 0; page < 40; page++) {
    const { next } = await call({ path: 'contacts/list', asked: { sort: 'name', limit: 100, cursor } })
    if (next === undefined || next === null) break
    cursor = next
  }
  if (cursor === undefined) throw new Error('so few contacts have no second page')
  return cursor
}

/** From now on, each statement of this process with the plan that it got. Only where we may do so: on the built-in database. */
function hearPlans(): Plan[] {
  process.env['PGOPTIONS'] = [
    'session_preload_libraries=auto_explain',
    'auto_explain.log_min_duration=0',
    'auto_explain.log_analyze=on',
    'auto_explain.log_buffers=on',
    'auto_explain.log_timing=off',
    'auto_explain.log_parameter_max_length=0',
    'client_min_messages=log',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ')
  const heard: Plan[] = []
  const emit = pg.Client.prototype.emit
  pg.Client.prototype.emit = function (this: pg.Client, name: string, ...rest: unknown[]) {
    const message = name === 'notice' ? (rest[0] as { message?: string }).message : undefined
    const read =
      /^duration: ([\d.]+) ms {2}plan:\nQuery Text: ([\s\S]*?)\n(?=\S.* {2}\((?:cost|actual))([\s\S]*)$/.exec(
        message ?? '',
      )
    if (read !== null) heard.push({ ms: Number(read[1]), statement: read[2]!, tree: read[3]! })
    return emit.call(this, name, ...rest)
  } as typeof emit
  return heard
}

const head = (contacts: number) => `# How PostgreSQL answers

What the server asks most, in a workspace of ${contacts.toLocaleString('en')} contacts with six messages each, and how PostgreSQL runs the costliest statement of
each act, or the one that tells most, once it is prepared. Written by \`npm run plans -- --contacts ${contacts}\`; buffers are pages of 8 kB.
`

function describe({ name, path }: Act, { ms, statement, tree }: Plan, all: readonly Plan[]): string {
  const short = statement.replaceAll(/\s+/g, ' ').trim()
  const others = all.length - 1
  return `
## ${name}

\`${path.replace('/', '.')}\`: ${all.length} statement${others === 0 ? '' : 's'}; this one took ${ms.toFixed(1)} ms.

\`\`\`sql
${short.length > 700 ? `${short.slice(0, 700)} …` : short}
\`\`\`

\`\`\`
${tree
  .split('\n')
  // what was guessed beforehand says nothing that the real counts do not
  .map((line) => line.replace(/ {2}\(cost=\S+ rows=\d+ width=\d+\)/, '').trimEnd())
  .filter((line) => !/^\s*Index Searches: [01]$/.test(line))
  .map((line) => (line.length > 180 ? `${line.slice(0, 180)} …` : line))
  .join('\n')
  .trim()}
\`\`\`
`
}

await printPlans(process.argv.slice(2)).catch(explainAndExit)
// x
