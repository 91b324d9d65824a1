/** The system's own outgoing mail: invitations, password resets. Kept apart from the workspace's mail channels. */
export interface SystemMail {
  /** Hands one mail to the server named by FICHA_SMTP_URL; throws when it was not accepted. Never inside a transaction. */
  send(mail: { to: string; subject: string; text: string }): Promise<void>
}
