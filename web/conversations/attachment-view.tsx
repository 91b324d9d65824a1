import { Trans, useLingui } from '@lingui/react/macro'
import { Download, FileText, FileX } from 'lucide-react'
import { useState } from 'react'
import type { Attachment } from '#contract/conversations.ts'
import { useFormats } from '../i18n/formats.ts'
import { Icon } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './attachment-view.module.css'

/** A file of a message: a picture or film that shows, sound that plays, a card to save anything else. */
export function AttachmentView({ file }: { file: Attachment }) {
  const { t } = useLingui()
  const [isBroken, setBroken] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const { name, url } = file
  if (url !== null && !isBroken) {
    if (file.kind === 'image') {
      const small = isWhole ? null : file.smallUrl
      return (
        <a href={url} target="_blank" rel="noreferrer" className={css.picture} aria-label={t`Open ${name}`}>
          <img
            src={small ?? url}
            alt={name}
            loading="lazy"
            // what cannot be made small may show all the same
            onError={() => (small === null || small === url ? setBroken(true) : setWhole(true))}
          />
        </a>
      )
    }
    if (file.kind === 'video') {
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people send has none
      return <video src={url} controls preload="metadata" className={css.film} aria-label={name} />
    }
    if (file.kind === 'audio') {
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- what people send has none
      return <audio src={url} controls preload="metadata" className={css.sound} aria-label={name} />
    }
  }
  return <FileCard file={file} />
}

function FileCard({ file }: { file: Attachment }) {
  const { bytes } = useFormats()
  const words = (
    <>
      <span className={css.icon}>
        {file.state === 'pending' ? <Spinner /> : <Icon of={file.state === 'failed' ? FileX : FileText} />}
      </span>
      <span className={css.words}>
        <bdi className="trunc">{file.name}</bdi>
        <small className="num">
          {file.state === 'pending' ? (
            <Trans>On its way…</Trans>
          ) : file.state === 'failed' ? (
            <Trans>This file couldn't be fetched from the provider.</Trans>
          ) : (
            [extensionOf(file.name), file.size === null ? null : bytes(file.size)].filter(Boolean).join(' · ')
          )}
        </small>
      </span>
    </>
  )
  if (file.url === null) return <span className={css.card}>{words}</span>
  return (
    <a href={file.url} download={file.name} className={css.card}>
      {words}
      <Icon of={Download} />
    </a>
  )
}

const extensionOf = (name: string) => (/\.([a-z0-9]{1,8})$/i.exec(name)?.[1] ?? '').toUpperCase()
