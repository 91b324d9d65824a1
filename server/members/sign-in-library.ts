import { randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import type { Logger } from '../deps.ts'
import { sessionSeconds } from './session-cookie.ts'

/** Where the library believes it stands. Every request is checked and rebuilt before it gets there: see auth-doors.ts */
export const libraryOrigin = 'http://sign-in.invalid'

const times = { createdAt: 'created_at', updatedAt: 'updated_at' }

export interface SignInHooks {
  sendPasswordReset(person: { id: string; email: string; name: string }, token: string): Promise<void>
  passwordWasReset(personId: string): Promise<void>
}

/**
 * better-auth over our own tables (db/migrations/0002-people.sql). It keeps passwords, sessions and second factors; who
 * may sign up, from where requests may come and how often is decided outside it.
 */
export function openSignInLibrary(
  db: Kysely<DB>,
  options: { key: string; secure: boolean; log: Logger; hooks: SignInHooks; validateSchema?: boolean },
) {
  const cookie = (name: string) => ({ name, attributes: { path: '/', sameSite: 'lax' as const, httpOnly: true } })
  return betterAuth({
    appName: 'Ficha',
    baseURL: libraryOrigin,
    basePath: '/auth',
    trustedOrigins: [libraryOrigin],
    secret: options.key,
    database: { db, type: 'postgres', schemaName: 'auth', transaction: true },
    user: { modelName: 'person', fields: { ...times, emailVerified: 'email_verified' } },
    session: {
      modelName: 'session',
      fields: { ...times, userId: 'person_id', expiresAt: 'expires_at', ipAddress: 'ip', userAgent: 'user_agent' },
      expiresIn: sessionSeconds,
      updateAge: 24 * 3600,
    },
    account: {
      modelName: 'credential',
      fields: {
        ...times,
        userId: 'person_id',
        providerId: 'provider',
        accountId: 'provider_account',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { ...times, expiresAt: 'expires_at' },
      // a copy of the database resets nobody's password
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: ({ user, token }) => options.hooks.sendPasswordReset(user, token),
      onPasswordReset: ({ user }) => options.hooks.passwordWasReset(user.id),
    },
    plugins: [
      twoFactor({
        issuer: 'Ficha',
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor_on' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failures',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    advanced: {
      useSecureCookies: options.secure,
      cookies: {
        session_token: cookie('ficha_session'),
        session_data: cookie('ficha_session_data'),
        dont_remember: cookie('ficha_brief'),
        two_factor: cookie('ficha_second_step'),
        trust_device: cookie('ficha_trusted'),
      },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      // mailing must not make a known address answer later than an unknown one
      backgroundTasks: {
        handler: (task) => void task.catch((error: unknown) => options.log.error({ err: error }, 'sign-in task')),
      },
      database: { generateId: () => randomUUID(), validateSchema: options.validateSchema ?? false },
    },
    // attempts are counted in auth.throttle, by account and network, for all processes together
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // its own lines name addresses and outcomes for every wrong password; faults come out as errors
    logger: {
      level: 'error',
      log: (_level, message, ...details) => options.log.error({ details: details.map(String) }, `sign-in: ${message}`),
    },
  })
}
export type SignInLibrary = ReturnType<typeof openSignInLibrary>
