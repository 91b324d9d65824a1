// oxlint-disable-next-line import/no-named-as-default -- its types know the default export alone
import qrcode from 'qrcode-generator'
import css from './second-factor.module.css'

const margin = 3

/** A QR code, dark on white in every theme: cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const steps = Array.from({ length: size }, (_, at) => at)
  const path = steps
    .flatMap((y) => steps.filter((x) => code.isDark(y, x)).map((x) => `M${x + margin} ${y + margin}h1v1h-1z`))
    .join('')
  return (
    <svg
      className={css.qr}
      viewBox={`0 0 ${size + 2 * margin} ${size + 2 * margin}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
