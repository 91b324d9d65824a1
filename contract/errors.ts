import { z } from 'zod'

/**
 * Every error the application answers with: code → HTTP status. The list is closed; the wording a person reads is made
 * in the web (by code and reason), the `message` here is the plain English one that API callers see.
 */
export const errorStatus = {
  /** The input is wrong; `data.fields` names each field and what would be right. */
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  /** Signed in, but this role or restriction may not do it. */
  FORBIDDEN: 403,
  /** Not there, or not visible to this member: the two are never told apart. */
  NOT_FOUND: 404,
  /** A value that the edit replaces has changed meanwhile; `data.fields` holds the present values. */
  STALE: 409,
  /** The act does not fit the present state; `data.reason` says which rule stands against it. */
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const
export type ErrorCode = keyof typeof errorStatus

/** One refused field: `path` as the caller sent it (`smtp.port`), `reason` from the closed list below, `fix` a ready remedy. */
export const FieldProblem = z.object({
  path: z.string(),
  reason: z.string(),
  message: z.string(),
  fix: z.string().optional(),
})
export type FieldProblem = z.infer<typeof FieldProblem>

export const errors = {
  BAD_REQUEST: {
    status: 400,
    message: 'Some of what was sent is not right.',
    data: z.object({ fields: z.array(FieldProblem) }).optional(),
  },
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: {
    status: 403,
    message: 'Your role in this workspace does not allow this.',
    data: z.object({ reason: z.string() }).optional(),
  },
  NOT_FOUND: { status: 404, message: 'There is nothing here, or you may not see it.' },
  STALE: {
    status: 409,
    message: 'Somebody changed this meanwhile.',
    data: z.object({
      fields: z.array(
        z.object({
          field: z.string(),
          current: z.unknown(),
          by: z.string().nullable(),
          at: z.iso.datetime().nullable(),
        }),
      ),
    }),
  },
  CONFLICT: {
    status: 409,
    message: 'This does not fit the present state.',
    data: z.object({ reason: z.string(), field: z.string().optional() }),
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: 'Too many attempts. Wait a moment.',
    data: z.object({ retryAfterSeconds: z.number() }).optional(),
  },
  UNAVAILABLE: { status: 503, message: 'Not available for a moment. Try again.' },
} as const
