import { z } from 'zod'
import { busy, down, type Meaning, type ProviderError } from '../provider-error.ts'

/** @param httpStatus null for an error that came by webhook */
export type TranslateError = (httpStatus: number | null, error: unknown) => ProviderError

export const permission: Meaning = { code: 'not-permitted', lineBroken: true }
const token: Meaning = { code: 'token-expired', lineBroken: true }

/** Codes of the Graph API that mean the same everywhere. Source: developers.facebook.com/docs/graph-api/guides/error-handling */
const common: Readonly<Record<string, Meaning>> = {
  0: token,
  102: token,
  190: token,
  3: permission,
  10: permission,
  1: down,
  2: down,
  4: busy,
  368: { code: 'account-restricted', lineBroken: true },
  100: { code: 'message-invalid' },
}

const ErrorObject = z.object({
  code: z.coerce.number(),
  error_subcode: z.coerce.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  is_transient: z.boolean().optional().catch(undefined),
  error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
})

/** @param own what the codes of one product mean, by `code` or, more exactly, by `code/subcode` */
export function openTranslate(own: Readonly<Record<string, Meaning>>): TranslateError {
  const meanings = { ...common, ...own }
  return (httpStatus, error) => {
    const read = ErrorObject.safeParse(error).data
    const words = read?.error_data?.details ?? read?.message ?? read?.title ?? null
    return {
      passing: false,
      lineBroken: false,
      ...meaningOf(meanings, httpStatus, read),
      detail: words === null ? null : `${words} (${nameOf(read!)})`.slice(0, 500),
    }
  }
}

type Read = z.infer<typeof ErrorObject>

const nameOf = ({ code, error_subcode }: Read) => (error_subcode === undefined ? code : `${code}/${error_subcode}`)

function meaningOf(
  meanings: Readonly<Record<string, Meaning>>,
  httpStatus: number | null,
  error: Read | undefined,
): Meaning {
  // the same code stands for a wrong parameter and for the proof of a token by an app secret that is not its app's
  if (error?.code === 100 && /appsecret_proof/.test(error.message ?? ''))
    return { code: 'app-secret-wrong', lineBroken: true }
  const known = error === undefined ? undefined : (meanings[nameOf(error)] ?? meanings[error.code])
  if (known !== undefined) return known
  if (error !== undefined && error.code >= 200 && error.code < 300) return permission
  if (httpStatus === 401) return token
  if (httpStatus === 429) return busy
  if ((httpStatus !== null && httpStatus >= 500) || error?.is_transient === true) return down
  return { code: 'rejected' }
}
