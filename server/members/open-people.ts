import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { DB } from '../db/tables.ts'
import type { Logger } from '../deps.ts'
import type { Jobs } from '../jobs/queue.ts'
import { deriveKey } from './derive-key.ts'
import { findAccount, findActor, sessionTokenOf, type Keys } from './find-actor.ts'
import { handleAuth } from './handle-auth.ts'
import { keepSession } from './keep-session.ts'
import { openSession } from './open-session.ts'
import { ownAddress } from './own-address.ts'
import type { People } from './people.ts'
import { proveMailbox } from './prove-mailbox.ts'
import { sendPasswordReset } from './send-password-reset.ts'
import { openSignInLibrary } from './sign-in-library.ts'
import type { SystemMail } from './system-mail.ts'

export interface PeopleParts {
  readonly config: Pick<Config, 'secret' | 'publicUrl' | 'host' | 'port'>
  readonly db: Kysely<DB>
  readonly jobs: Pick<Jobs, 'ring'>
  readonly log: Logger
  readonly mail: SystemMail | null
}

/** Opens sign-in over the database. Nothing is asked of it before the first request. */
export function openPeople({ config, db, jobs, log, mail }: PeopleParts): People {
  const keys: Keys = {
    secret: deriveKey(config.secret, 'sign-in'),
    secure: config.publicUrl?.startsWith('https:') ?? false,
    apiTokenKey: deriveKey(config.secret, 'api-token'),
    publicUrl: config.publicUrl,
  }
  const library = openSignInLibrary(db, {
    key: keys.secret,
    secure: keys.secure,
    log,
    hooks: {
      sendPasswordReset: async (person, token) => {
        if (mail !== null) await sendPasswordReset({ db, jobs, ownAddress: ownAddress(config) }, person, token)
      },
      passwordWasReset: (personId) => proveMailbox(db, personId),
    },
  })
  return {
    handle: (request, reply) =>
      handleAuth({ db, library, keys, knownBrowserKey: deriveKey(config.secret, 'known-browser') }, request, reply),
    findAccount: (request) => findAccount(db, request, keys),
    findActor: (request, workspaceId) => findActor(db, request, keys, workspaceId ?? null),
    sessionToken: (request) => sessionTokenOf(request, keys),
    openSession: (tx, personId, browser) => openSession(tx, personId, browser, keys),
    keepSession: (request) => keepSession(library, keys, request),
    makeResetToken: async (personId, minutes) => {
      const token = randomBytes(24).toString('base64url')
      const { internalAdapter } = await library.$context
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: personId,
        expiresAt: new Date(Date.now() + minutes * 60_000),
      })
      return token
    },
    apiTokenKey: keys.apiTokenKey,
  }
}
