import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './es/*.po',
    '!./es/activity.po',
    '!./es/blocking.po',
    '!./es/bulk.po',
    '!./es/channels.po',
    '!./es/contacts.po',
    '!./es/dashboard.po',
    '!./es/delivery.po',
    '!./es/duplicates.po',
    '!./es/fields.po',
    '!./es/filters.po',
    '!./es/imports.po',
    '!./es/merging.po',
    '!./es/opt-outs.po',
    '!./es/runs.po',
    '!./es/segments.po',
    '!./es/workflows.po',
    '!./es/settings.po',
    '!./es/sign-in.po',
    '!./es/tags.po',
    '!./es/usage.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
