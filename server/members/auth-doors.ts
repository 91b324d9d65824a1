/**
 * The sign-in library's endpoints that stand open, each with the fields of the body that reach it and what of its answer
 * leaves. Everything else it could do (signing up, changing an address, deleting an account, naming another user) answers
 * 404 before it is asked.
 */
export interface AuthDoor {
  readonly fields: readonly string[]
  /** Set whatever the caller sent. */
  readonly always?: Readonly<Record<string, unknown>>
  /** What is counted beside the network: guesses at an address's password, at the signed-in person's own, mails sent. */
  readonly counts: 'password' | 'ownPassword' | 'mail' | 'nothing'
  /** Ends other sessions: open live streams are ended too, those that may go on come back by themselves. */
  readonly endsSessions?: true
  readonly answer: (body: Readonly<Record<string, unknown>>) => object
}

const done = () => ({ ok: true })

export const authDoors: Readonly<Record<string, AuthDoor>> = {
  'POST /sign-in/email': {
    fields: ['email', 'password'],
    counts: 'password',
    answer: (body) => ({ secondStep: body.twoFactorRedirect === true }),
  },
  'POST /two-factor/verify-totp': { fields: ['code'], counts: 'nothing', answer: done },
  'POST /two-factor/verify-backup-code': { fields: ['code'], counts: 'nothing', answer: done },
  'POST /sign-out': { fields: [], counts: 'nothing', endsSessions: true, answer: done },
  'POST /request-password-reset': { fields: ['email'], counts: 'mail', answer: done },
  'POST /reset-password': { fields: ['token', 'newPassword'], counts: 'nothing', answer: done },
  'POST /change-password': {
    fields: ['currentPassword', 'newPassword'],
    always: { revokeOtherSessions: true },
    counts: 'ownPassword',
    endsSessions: true,
    answer: done,
  },
  'POST /two-factor/enable': {
    fields: ['password'],
    always: { method: 'totp' },
    counts: 'ownPassword',
    answer: ({ totpURI, backupCodes }) => ({ totpURI, backupCodes }),
  },
  'POST /two-factor/generate-backup-codes': {
    fields: ['password'],
    counts: 'ownPassword',
    answer: ({ backupCodes }) => ({ backupCodes }),
  },
  'POST /two-factor/disable': { fields: ['password'], counts: 'ownPassword', answer: done },
}
