import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { assigning } from './bulk/assign-many.ts'
import { startBulkJobs } from './bulk/jobs.ts'
import { settingField } from './bulk/set-field-of-many.ts'
import { staging } from './bulk/set-stage-of-many.ts'
import { tagging } from './bulk/tag-many.ts'
import { startMailListener } from './channels/email/mail-listener.ts'
import { startLineListeners } from './channels/line-listeners.ts'
import { makeAdapters } from './channels/registry.ts'
import type { Config } from './config.ts'
import { startConversationJobs } from './conversations/jobs.ts'
import { openClock } from './db/clock.ts'
import { openNumbers } from './db/numbers.ts'
import { openDatabase } from './db/open-database.ts'
import { takeProcessSlot } from './db/process-slot.ts'
import { deletion } from './deletion/deletion.ts'
import { exporting } from './exports/export-contacts.ts'
import { startExportJobs } from './exports/jobs.ts'
import { startUsageJobs } from './usage/jobs.ts'
import type { Deps, Logger } from './deps.ts'
import { startDuplicateJobs } from './duplicates/jobs.ts'
import { openFiles } from './files/open-files.ts'
import { openOutgoing } from './http/outgoing.ts'
import { openTraffic } from './http/traffic.ts'
import { openLiveHub } from './http/live-hub.ts'
import { startImportJobs } from './imports/jobs.ts'
import { startJobs } from './jobs/queue.ts'
import { startMemberJobs } from './members/jobs.ts'
import { openPeople } from './members/open-people.ts'
import { openSystemMail } from './members/system-mail.ts'
import { startSampleJobs } from './sample/jobs.ts'
import { startSegmentJobs } from './segments/jobs.ts'
import { startTagJobs } from './tags/jobs.ts'
import { startContactJobs } from './contacts/jobs.ts'
import { startWorkflowJobs } from './workflows/jobs.ts'
import { startWorkflows } from './workflows/runner.ts'
import { startLifecycleJobs } from './lifecycle/jobs.ts'

export interface OpenServer {
  readonly app: FastifyInstance
  readonly deps: Deps
  /** Stops taking requests, lets running work finish, gives waiting jobs back, closes every connection. */
  close(): Promise<void>
}

interface OpenServerOptions {
  /** Work on jobs and mailboxes too; a server that only answers requests leaves them to others. */
  work?: boolean
}

/** Everything a server process holds, on a migrated database: opened in order, closed in reverse. */
export async function openServer(
  config: Config,
  databaseUrl: string,
  log: Logger,
  { work = true }: OpenServerOptions = {},
): Promise<OpenServer> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of closing.splice(0).reverse()) {
      await step().catch((error: unknown) => log.error({ err: error }, 'closing'))
    }
  }
  try {
    const onLost = (error: Error) => log.warn({ err: error }, 'database connection lost')
    const database = openDatabase(databaseUrl, { max: 13, applicationName: 'ficha', onLost })
    const { db } = database
    closing.push(() => database.close())
    const inbound = openDatabase(databaseUrl, { max: 2, applicationName: 'ficha inbound', onLost })
    closing.push(() => inbound.close())
    const numbers = openDatabase(databaseUrl, { max: 2, applicationName: 'ficha numbers', onLost })
    closing.push(() => numbers.close())
    const place = await takeProcessSlot(databaseUrl, log)
    closing.push(() => place.release())
    const clock = await openClock({ db, slot: place.slot, log })
    closing.push(() => clock.close())
    const live = await openLiveHub(databaseUrl, log)
    closing.push(() => live.close())
    const jobs = await startJobs(databaseUrl, log, { alone: work && place.alone })
    closing.push(() => jobs.stop())
    const mail = openSystemMail(config)
    const outgoing = openOutgoing({ allowInternal: config.allowInternal })
    const people = openPeople({ config, log, db, jobs, mail })
    const deps: Deps = {
      config,
      log,
      db,
      inbound: inbound.db,
      numbers: openNumbers(numbers.db),
      clock,
      get slot() {
        return place.slot()
      },
      jobs,
      files: openFiles(config),
      live,
      traffic: openTraffic(),
      people,
      mail,
      adapters: makeAdapters({ config, log, outgoing }),
      outgoing,
    }
    const app = await buildApp(deps)
    closing.push(() => app.close())
    if (work) {
      await startMemberJobs(deps)
      await startTagJobs(deps)
      await startContactJobs(deps)
      await startLifecycleJobs(deps)
      await startSegmentJobs(deps)
      await startConversationJobs(deps)
      await startDuplicateJobs(deps)
      await startBulkJobs(deps, {
        delete: deletion,
        export: exporting,
        tag: tagging,
        assign: assigning,
        lifecycle: staging,
        field: settingField,
      })
      await startExportJobs(deps)
      await startWorkflowJobs(deps)
      await startUsageJobs(deps)
      await startImportJobs(deps)
      await startSampleJobs(deps)
      const runner = await startWorkflows(deps, databaseUrl)
      closing.push(() => runner.stop())
      const listeners = await startLineListeners(deps)
      closing.push(() => listeners.stop())
      const mailListener = await startMailListener(deps)
      if (mailListener !== null) closing.push(() => mailListener.close())
    }
    return { app, deps, close }
  } catch (error) {
    await close()
    throw error
  }
}
