import { useLingui } from '@lingui/react/macro'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** Copies `text`; shows a check for a moment. `label` says what is copied ("Copy ID"). */
export function CopyButton(props: { text: string; label: string; className?: string }) {
  const { t } = useLingui()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <>
      <IconButton
        size="sm"
        icon={isCopied ? Check : Copy}
        label={isCopied ? t`Copied` : props.label}
        className={props.className}
        onPress={() => {
          void navigator.clipboard.writeText(props.text).then(() => setCopied(true))
        }}
      />
      <span role="status" className="visually-hidden">
        {isCopied ? t`Copied` : ''}
      </span>
    </>
  )
}
