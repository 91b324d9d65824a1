import { CopyButton } from '../ui/copy-button.tsx'
import css from './channels.module.css'

/** Something to enter elsewhere, with a button that copies it. */
export function CopyRow({ label, copy, value }: { label: string; copy: string; value: string }) {
  return (
    <div className={css.entry}>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton text={value} label={copy} />
      </dd>
    </div>
  )
}
