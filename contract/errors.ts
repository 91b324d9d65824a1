import { z } from 'zod'

/** One refused field: `path` as the caller sent it (`smtp.port`), `reason` from the closed list below, `fix` a ready remedy. */
export const FieldProblem = z.object({
  path: z.string(),
  reason: z.string(),
  message: z.string(),
  fix: z.string().optional(),
})
export type FieldProblem = z.infer<typeof FieldProblem>

/**
 * Every error of the contract: code → status, plain English for API callers, and what more it says. The list is closed;
 * the wording a person reads is made in the web, by code and reason. Outside the contract an answer may also be
 * `TOO_LARGE` (413), `UNSUPPORTED_MEDIA_TYPE` (415) or `INTERNAL` (500, with a reference to the log).
 */
export const errors = {
  /** `fields` names each refused field and what would be right. */
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
