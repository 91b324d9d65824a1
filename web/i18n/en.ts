import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './en/*.po',
    '!./en/activity.po',
    '!./en/blocking.po',
    '!./en/bulk.po',
    '!./en/channels.po',
    '!./en/contacts.po',
    '!./en/dashboard.po',
    '!./en/delivery.po',
    '!./en/duplicates.po',
    '!./en/fields.po',
    '!./en/filters.po',
    '!./en/imports.po',
    '!./en/merging.po',
    '!./en/opt-outs.po',
    '!./en/runs.po',
    '!./en/segments.po',
    '!./en/workflows.po',
    '!./en/settings.po',
    '!./en/sign-in.po',
    '!./en/tags.po',
    '!./en/usage.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
