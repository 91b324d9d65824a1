import { useLingui } from '@lingui/react/macro'
import { FileText, X } from 'lucide-react'
import { useFormats } from '../i18n/formats.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import css from './composer.module.css'
import type { DraftFile } from './drafts.ts'
import { removeFile } from './upload-files.ts'

/** The files of a draft, how far each has come, and a way to take it out. */
export function DraftFiles({ contactId, files }: { contactId: number; files: readonly DraftFile[] }) {
  const { t } = useLingui()
  const { bytes } = useFormats()
  const problems: Record<string, string> = {
    'too-large': t`Larger than 25 MB`,
    'too-many': t`At most 10 files per message`,
    'too-many-waiting': t`Too many unsent files. Send or wait an hour.`,
    'no-answer': t`The upload broke off. Remove it and try again.`,
    refused: t`The server refused this file`,
  }
  if (files.length === 0) return null
  return (
    <ul className={css.files} aria-label={t`Attached files`}>
      {files.map((file) => {
        const { name } = file
        return (
          <li key={file.key} className={classes(css.file, file.problem !== null && css.bad)}>
            <Icon of={FileText} size={14} />
            <span style={{ minInlineSize: 0 }}>
              <bdi className="trunc" style={{ display: 'block' }}>
                {name}
              </bdi>
              <small role={file.problem === null ? undefined : 'alert'}>
                {file.problem === null ? bytes(file.size) : (problems[file.problem] ?? problems['refused'])}
              </small>
            </span>
            <IconButton size="sm" icon={X} label={t`Remove ${name}`} onPress={() => removeFile(contactId, file.key)} />
            {file.attachment === null && file.problem === null && (
              <progress value={file.progress} max={1} aria-label={t`Uploading ${name}`} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
