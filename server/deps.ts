import type { Kysely } from 'kysely'
import type { Logger as PinoLogger } from 'pino'
import type { ChannelAdapters } from './channels/adapter.ts'
import type { Config } from './config.ts'
import type { Clock } from './db/clock.ts'
import type { Numbers } from './db/numbers.ts'
import type { DB } from './db/tables.ts'
import type { FileStore } from './files/file-store.ts'
import type { OutgoingRequests } from './http/outgoing.ts'
import type { LiveHub } from './http/live-hub.ts'
import type { Traffic } from './http/traffic.ts'
import type { Jobs } from './jobs/queue.ts'
import type { SystemMail } from './members/system-mail.ts'
import type { People } from './members/people.ts'

export type Logger = PinoLogger

/** What the process holds once; passed down, never imported as a global. */
export interface Deps {
  readonly config: Config
  readonly log: Logger
  readonly db: Kysely<DB>
  /** Connections of their own for what providers and mail servers hand over, which waits behind nothing that people ask for. */
  readonly inbound: Kysely<DB>
  readonly numbers: Numbers
  readonly clock: Clock
  /** This process's place on the database, from 0 to 7: see db/process-slot.ts. */
  readonly slot: number
  readonly jobs: Jobs
  readonly files: FileStore
  readonly live: LiveHub
  readonly traffic: Traffic
  /** Sign-in, sessions, passwords. */
  readonly people: People
  /** The system's own outgoing mail; null where none is set up. */
  readonly mail: SystemMail | null
  readonly adapters: ChannelAdapters
  /** The one way to call addresses that somebody typed. */
  readonly outgoing: OutgoingRequests
}
