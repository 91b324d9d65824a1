import type { Transaction } from 'kysely'
import { PgBoss, fromKysely } from 'pg-boss'
import { preparedMark } from '../db/prepared.ts'
import type { DB } from '../db/tables.ts'
import type { Logger } from '../deps.ts'

/**
 * A job is a doorbell: it names what to look at, and the act it calls finds out itself what is to be done, so that ringing
 * twice, late or after a crash does no harm. Progress, attempts and results live in the domain's own rows.
 */
export interface JobData {
  /** Drain a channel's stored events, in order. */
  'ingest-channel': { workspaceId: number; channelId: number }
  /** Send what is queued on a channel. */
  'deliver-messages': { workspaceId: number; channelId: number }
  /** Fetch a stored message's files from the provider. */
  'fetch-attachments': { workspaceId: number; messageId: number }
  /** Ask the provider who somebody is that has written. */
  'fetch-profile': { workspaceId: number; contactChannelId: number }
  /** Put what was held of contacts that are blocked no more into their threads. */
  'release-held': { workspaceId: number }
  /** Rewrite the contacts that carry a tag which is gone. */
  'tidy-tag': { workspaceId: number; tagId: number }
  /** Sweep the values of a field which is gone. */
  'tidy-field': { workspaceId: number; fieldId: number }
  /** Find contacts by what they hold in a field, or no longer. */
  'find-by-field': { workspaceId: number; fieldId: number }
  /** Take a stage which is gone off the contacts that stand in it. */
  'tidy-stage': { workspaceId: number; stageId: number }
  /** Count the segments of a workspace anew. */
  'count-segments': { workspaceId: number }
  /** Go on with an act on many contacts. */
  'run-bulk-job': { workspaceId: number; jobId: number }
  /** Go on with an import, or with taking it back. */
  'run-import': { workspaceId: number; importId: number }
  /** Judge what would become of the rows of a file. */
  'plan-import': { workspaceId: number; importId: number }
  'add-sample-data': { workspaceId: number }
  /** Judge the contacts of a workspace that are due: who may be the same person as whom? */
  'suggest-duplicates': { workspaceId: number }
  /** Make all keys of a workspace anew and compare everybody. */
  'rebuild-suggestions': { workspaceId: number }
  'send-mail': { to: string; subject: string; text: string }
  /** By the clock: snoozes that end, doorbells that were lost, old rows that may go, billing cycles that have ended. */
  'wake-snoozed': Record<string, never>
  'ring-again': Record<string, never>
  'clean-up': Record<string, never>
  'tend-imports': Record<string, never>
  'drop-exports': Record<string, never>
  'close-cycles': Record<string, never>
  'clear-runs': Record<string, never>
  'flush-search-index': Record<string, never>
}
export type JobName = keyof JobData

interface QueueShape {
  /** At most one waiting and one running per key: a doorbell that already rings is not rung again. */
  doorbell: boolean
  retryLimit: number
  expireSeconds: number
  /** Workers of each process; each takes two jobs at most. */
  concurrency: number
  /**
   * Jobs of one workspace that run at a time, in all processes together: fewer than there are workers, so that one of them is
   * free for others, however much a workspace has waiting and however long it hangs.
   */
  ofOne?: number
  cron?: string
}

const queues: Record<JobName, QueueShape> = {
  'ingest-channel': { doorbell: true, retryLimit: 20, expireSeconds: 300, concurrency: 4, ofOne: 3 },
  'deliver-messages': { doorbell: true, retryLimit: 20, expireSeconds: 300, concurrency: 8, ofOne: 6 },
  'fetch-attachments': { doorbell: true, retryLimit: 8, expireSeconds: 600, concurrency: 3, ofOne: 2 },
  'fetch-profile': { doorbell: true, retryLimit: 3, expireSeconds: 120, concurrency: 3, ofOne: 2 },
  'release-held': { doorbell: true, retryLimit: 20, expireSeconds: 600, concurrency: 1 },
  'tidy-tag': { doorbell: true, retryLimit: 20, expireSeconds: 3600, concurrency: 1 },
  'tidy-field': { doorbell: true, retryLimit: 20, expireSeconds: 3600, concurrency: 1 },
  'find-by-field': { doorbell: true, retryLimit: 20, expireSeconds: 3600, concurrency: 1 },
  'tidy-stage': { doorbell: true, retryLimit: 20, expireSeconds: 3600, concurrency: 1 },
  'count-segments': { doorbell: true, retryLimit: 3, expireSeconds: 1800, concurrency: 1 },
  'run-bulk-job': { doorbell: true, retryLimit: 20, expireSeconds: 600, concurrency: 3, ofOne: 2 },
  'run-import': { doorbell: true, retryLimit: 20, expireSeconds: 600, concurrency: 2, ofOne: 1 },
  'plan-import': { doorbell: true, retryLimit: 20, expireSeconds: 600, concurrency: 2, ofOne: 1 },
  'add-sample-data': { doorbell: true, retryLimit: 3, expireSeconds: 300, concurrency: 1 },
  'suggest-duplicates': { doorbell: true, retryLimit: 20, expireSeconds: 300, concurrency: 2 },
  'rebuild-suggestions': { doorbell: true, retryLimit: 20, expireSeconds: 3600, concurrency: 1 },
  'send-mail': { doorbell: false, retryLimit: 10, expireSeconds: 60, concurrency: 2 },
  'wake-snoozed': { doorbell: true, retryLimit: 0, expireSeconds: 55, concurrency: 1, cron: '* * * * *' },
  'ring-again': { doorbell: true, retryLimit: 0, expireSeconds: 55, concurrency: 1, cron: '* * * * *' },
  'clean-up': { doorbell: true, retryLimit: 0, expireSeconds: 1800, concurrency: 1, cron: '17 * * * *' },
  'tend-imports': { doorbell: true, retryLimit: 0, expireSeconds: 1800, concurrency: 1, cron: '* * * * *' },
  'drop-exports': { doorbell: true, retryLimit: 0, expireSeconds: 1800, concurrency: 1, cron: '27 * * * *' },
  'close-cycles': { doorbell: true, retryLimit: 0, expireSeconds: 1800, concurrency: 1, cron: '7 * * * *' },
  'clear-runs': { doorbell: true, retryLimit: 0, expireSeconds: 1800, concurrency: 1, cron: '37 * * * *' },
  'flush-search-index': { doorbell: true, retryLimit: 0, expireSeconds: 55, concurrency: 1, cron: '* * * * *' },
}

/** By then the queue has written down that a job has ended. */
const settledMs = 50

const doorbellKey = (data: object): string => Object.values(data).join(':') || 'all'

/** The queue's statement is long and every write rings: each connection plans it once. */
function plannedOnce(tx: Transaction<DB>): ReturnType<typeof fromKysely> {
  const db = fromKysely(tx)
  return { executeSql: (text, values) => db.executeSql(`${preparedMark} ${text}`, values) }
}

export interface Jobs {
  /** Rings within the transaction: no commit, no job. */
  enqueue<Name extends JobName>(tx: Transaction<DB>, name: Name, data: JobData[Name], after?: Date): Promise<void>
  /** Rings at once, outside any transaction: for work whose row is already committed. */
  ring<Name extends JobName>(name: Name, data: JobData[Name], after?: Date): Promise<void>
  work<Name extends JobName>(
    name: Name,
    run: (data: JobData[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void>
  /** Lets running jobs finish, gives the others back. */
  stop(): Promise<void>
}

/**
 * Opens the queue. `alone`: no other process works on this database, so whatever counts as running was left by one that was
 * killed, and is given back at once; otherwise it is given back when its heartbeat has been missed.
 */
export async function startJobs(url: string, log: Logger, { alone }: { alone: boolean }): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'ficha jobs',
    max: 4,
    // the first of several processes makes the schema; the others wait for its lock
    migrate: true,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error: unknown) => log.error({ err: error }, 'job queue'))
  await boss.start()
  for (const [name, shape] of Object.entries(queues)) {
    const settings = {
      retryLimit: shape.retryLimit,
      retryBackoff: true,
      retryDelay: 1,
      retryDelayMax: 300,
      expireInSeconds: shape.expireSeconds,
      heartbeatSeconds: 15,
      deleteAfterSeconds: 3600,
      notify: true,
    }
    await boss.createQueue(name, { policy: shape.doorbell ? 'stately' : 'standard', ...settings })
    // one that was made by an earlier version keeps its policy and takes over the rest
    await boss.updateQueue(name, settings)
    if (shape.cron !== undefined) await boss.schedule(name, shape.cron, {})
  }
  if (alone) await giveBackOrphans(boss)
  const options = (name: JobName, data: object, after?: Date) => ({
    ...(queues[name].doorbell ? { singletonKey: doorbellKey(data) } : {}),
    ...(queues[name].ofOne !== undefined && 'workspaceId' in data ? { group: { id: String(data.workspaceId) } } : {}),
    ...(after === undefined ? {} : { startAfter: after }),
  })
  return {
    async enqueue(tx, name, data, after) {
      await boss.send(name, data, { ...options(name, data, after), db: plannedOnce(tx) })
    },
    async ring(name, data, after) {
      await boss.send(name, data, options(name, data, after))
    },
    async work(name, run) {
      const { concurrency, ofOne } = queues[name]
      // what a workspace has waiting beyond its share is looked for as soon as one of its jobs has ended
      const lookAgain = () => setTimeout(() => boss.notifyWorker(worker), settledMs).unref()
      const worker = await boss.work<JobData[typeof name]>(
        name,
        {
          localConcurrency: concurrency,
          ...(ofOne === undefined ? {} : { groupConcurrency: ofOne }),
          // a full fetch is followed by the next at once; with a batch of one the queue would wait a poll between jobs,
          // with larger ones many jobs would wait for the slowest
          batchSize: 2,
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 10,
          burstWhenBatchFull: true,
        },
        async (jobs) => {
          await Promise.all(
            jobs.map(async (job) => {
              try {
                await run(job.data, job.signal)
              } catch (error) {
                // a mail's text holds links that open accounts
                const data = name === 'send-mail' ? undefined : job.data
                log.warn({ err: error, job: name, data }, 'job failed, will be tried again')
                await boss.fail(name, job.id, { message: error instanceof Error ? error.message : String(error) })
              }
              if (ofOne !== undefined) lookAgain()
            }),
          )
        },
      )
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 20_000 })
    },
  }
}

async function giveBackOrphans(boss: PgBoss): Promise<void> {
  const { rows } = await boss
    .getDb()
    .executeSql("select name, id::text as id from pgboss.job where state = 'active'", [])
  for (const { name, id } of rows as { name: string; id: string }[]) {
    await boss.fail(name, id, { message: 'its process ended' })
  }
}
