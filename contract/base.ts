import { oc } from '@orpc/contract'
import { errors } from './errors.ts'
import type { Action } from './policy.ts'

/**
 * What every endpoint declares beside its shapes. `action` is checked against the policy table before the endpoint's own
 * code runs; `public` endpoints need no session, `account` ones a session but no workspace. `effect` decides whether the
 * endpoint gets a read-only handle or a transaction.
 */
export interface Meta {
  action: Action | 'public' | 'account'
  effect: 'read' | 'write'
}

const base = oc.$meta<Meta>({ action: 'public', effect: 'read' }).errors({
  BAD_REQUEST: errors.BAD_REQUEST,
  UNAUTHENTICATED: errors.UNAUTHENTICATED,
  FORBIDDEN: errors.FORBIDDEN,
  NOT_FOUND: errors.NOT_FOUND,
  TOO_MANY_REQUESTS: errors.TOO_MANY_REQUESTS,
  UNAVAILABLE: errors.UNAVAILABLE,
})

/** An endpoint that only looks. `path` is its REST path below `/api`. */
export const reads = (action: Meta['action'], path: `/${string}`) =>
  base.meta({ action, effect: 'read' }).route({ method: 'GET', path, tags: [path.split('/')[1] ?? ''] })

/** An endpoint that changes something; it may answer that the state does not allow it. */
export const writes = (
  action: Meta['action'],
  path: `/${string}`,
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE' = 'POST',
) =>
  base
    .meta({ action, effect: 'write' })
    .errors({ CONFLICT: errors.CONFLICT, STALE: errors.STALE })
    .route({ method, path, tags: [path.split('/')[1] ?? ''] })
